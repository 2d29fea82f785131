import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { median } from '../src/compare.mts';
import type { Measure, Row } from '../src/measure.mts';
import { blankPack, builtInPacks, communityPacks, own, type Pack } from '../src/packs.mts';
import { shown } from '../src/report.mts';

const ROUNDS = 7;

interface Loaded {
	/** Of the processor. */
	ms: number;
	/** Bytes. */
	heap: number;
	/** Files that were required. */
	files: number;
}

const kinds = ['eager', 'lazy'] as const;
type Kind = (typeof kinds)[number];

/** n8n's own loaders in a process in which they have loaded a package before, as in n8n its own nodes. */
function inFreshProcess(kind: Kind, pack: Pack, before: Pack): Loaded {
	const script = join(import.meta.dirname, '..', 'src', 'loadPack.mts');
	const args = ['--expose-gc', script, kind, pack.folder, before.folder];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Loaded;
}

export const loading: Measure = {
	name: 'load',
	title: 'Loading',
	method:
		"All nodes and credentials of a package by n8n's own loaders: eager requires every one, lazy reads the lists that were written at build time. Each time in a fresh process in which n8n's core is loaded and the loader has loaded another package; sides take turns, and what counts is the median of the processor's time, in which a busy machine's other work has no part. A community package without such lists is loaded as n8n does it: eager.",
	exact: false,
	async run(log) {
		const before = blankPack('before');
		const blank = blankPack('blank');
		const others = [...builtInPacks(), ...communityPacks()];
		const results = new Map<string, Loaded[]>();
		for (let round = 0; round <= ROUNDS; round++) {
			for (const pack of [own, blank, ...others]) {
				for (const kind of kinds) {
					const key = `${kind} ${pack.name}`;
					const loaded = inFreshProcess(kind, pack, before);
					// The first round brings the files into the system's memory.
					if (round > 0) results.set(key, [...(results.get(key) ?? []), loaded]);
				}
			}
			log(`round ${round} of ${ROUNDS}`);
		}
		const middle = (kind: Kind, { name }: Pack, key: keyof Loaded) =>
			median((results.get(`${kind} ${name}`) ?? []).map((loaded) => loaded[key]));
		const absolute = kinds.map((kind): Row => {
			const ms = middle(kind, own, 'ms');
			return {
				subject: `${kind}, all nodes and credentials`,
				ours: ms,
				unit: 'ms',
				figure: ms,
				budget: `load.${kind}`,
				remark: `${shown(middle(kind, blank, 'ms'))} ms of it are n8n's own, for ${blank.name}`,
			};
		});
		const against = (kind: Kind, key: keyof Loaded, other: Pack): Row => {
			const scale = key === 'heap' ? 1e6 : 1;
			const [ours, theirs] = [middle(kind, own, key) / scale, middle(kind, other, key) / scale];
			const what = { ms: 'time', heap: 'heap', files: 'files required' }[key];
			return {
				subject: `${kind}, ${what}, against ${other.name}`,
				ours,
				theirs,
				unit: key === 'heap' ? 'MB' : key === 'files' ? 'files' : 'ms',
				figure: ours / theirs,
			};
		};
		return [
			...absolute,
			...others.flatMap((other) => [
				against('eager', 'ms', other),
				against('eager', 'heap', other),
				against('eager', 'files', other),
				against('lazy', 'ms', other),
				against('lazy', 'heap', other),
			]),
		];
	},
};
