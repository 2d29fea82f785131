import type { Changes } from '../../../lib/events';
import type { JsonValue } from '../../../lib/json';
import type { OptionStates } from '../transport/states';
import { placedOptions, type Content, type Placed } from './content';

type Change = 'Added' | 'Disabled' | 'Enabled' | 'Moved' | 'Removed' | 'Renamed' | 'StateChanged';

interface Pair {
	readonly from?: Placed;
	readonly to?: Placed;
}

const changeNames: readonly Change[] = [
	'Added',
	'Removed',
	'Renamed',
	'Enabled',
	'Disabled',
	'StateChanged',
	'Moved',
];

/** A third state is not documented. The states are told, too. */
function stateChange(state: string, { enabled, disabled }: OptionStates): Change {
	if (state === enabled) return 'Enabled';
	return state === disabled ? 'Disabled' : 'StateChanged';
}

function changesOf({ from, to }: Pair, states: OptionStates): Change[] {
	if (to === undefined) return ['Removed'];
	if (from === undefined) return ['Added'];
	return [
		...(from.name === to.name ? [] : (['Renamed'] as const)),
		...(from.entry.state === to.entry.state ? [] : [stateChange(to.entry.state, states)]),
		...(from.parent === to.parent ? [] : (['Moved'] as const)),
	];
}

const told = (options: readonly (Placed | undefined)[]): JsonValue =>
	options
		.filter((option) => option !== undefined)
		.map(({ entry: { key, path, state } }) => ({ key, path, state }));

function groupedByParent(options: readonly Placed[]): Map<string, Placed[]> {
	const groups = new Map<string, Placed[]>();
	for (const option of options) {
		groups.set(option.parent, [...(groups.get(option.parent) ?? []), option]);
	}
	return groups;
}

/** The options that stand below the same parent as before, in another order. */
function reordered(before: readonly Placed[], after: readonly Placed[]): Changes {
	const groups = groupedByParent(after);
	const moved = [...groupedByParent(before)].flatMap(([parent, old]) => {
		const now = groups.get(parent) ?? [];
		const [ids, nowIds] = [old, now].map((all) => new Set(all.map(({ identity }) => identity))) as [
			Set<string>,
			Set<string>,
		];
		const from = old.filter(({ identity }) => nowIds.has(identity));
		const to = now.filter(({ identity }) => ids.has(identity));
		return from.every(({ identity }, place) => identity === to[place]?.identity)
			? []
			: [{ from, to }];
	});
	if (moved.length === 0) return {};
	return {
		optionsReordered: {
			from: told(moved.flatMap(({ from }) => from)),
			to: told(moved.flatMap(({ to }) => to)),
		},
	};
}

/** What has to be told of the options: lists of those before and after, in the same order. */
function optionChanges(
	before: readonly Placed[],
	after: readonly Placed[],
	states: OptionStates,
): Changes {
	const old = new Map(before.map((option) => [option.identity, option]));
	const now = new Set(after.map(({ identity }) => identity));
	const pairs: Pair[] = [
		...after.map((to) => ({ from: old.get(to.identity), to })),
		...before.filter(({ identity }) => !now.has(identity)).map((from) => ({ from })),
	];
	const kinds = pairs.map((pair) => new Set(changesOf(pair, states)));
	const changes = changeNames.flatMap((change) => {
		const found = pairs.filter((_pair, place) => kinds[place]?.has(change));
		const from = told(found.map((pair) => pair.from));
		const to = told(found.map((pair) => pair.to));
		return found.length === 0 ? [] : [[`options${change}`, { from, to }] as const];
	});
	return { ...Object.fromEntries(changes), ...reordered(before, after) };
}

/** What changed from what to what. */
export function contentChanges(from: Content, to: Content, states: OptionStates): Changes {
	const plain = (['name', 'levels', 'headers'] as const)
		.filter((part) => JSON.stringify(from[part]) !== JSON.stringify(to[part]))
		.map((part) => [part, { from: from[part], to: to[part] }] as const);
	return {
		...Object.fromEntries(plain),
		...optionChanges(placedOptions(from), placedOptions(to), states),
	};
}
