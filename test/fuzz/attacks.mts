import fc from 'fast-check';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValueType,
} from 'n8n-workflow';

import { oddValue, type OddValue } from './values.mts';

/** One attack on a node. */
export interface Attack {
	readonly parameters: INodeParameters;
	/** Display names of the fields whose values differ from the working example, and of those they show. */
	readonly changed: readonly string[];
}

type Parameter = NodeParameterValueType;
type Key = string | number;

const isGroup = (
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodePropertyCollection => 'values' in option;
const isField = (
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodeProperties => 'type' in option;

const groupsOf = ({ options = [] }: INodeProperties) => options.filter(isGroup);
const membersOf = ({ options = [] }: INodeProperties) => options.filter(isField);
const valuesOf = ({ options = [] }: INodeProperties) =>
	options.flatMap((option) => (isGroup(option) || isField(option) ? [] : [option.value]));

/** The fields inside a field, at any depth, and itself. */
export function withInner(field: INodeProperties): INodeProperties[] {
	const inner = [...membersOf(field), ...groupsOf(field).flatMap(({ values }) => values)];
	return [field, ...inner.flatMap(withInner)];
}

/** What the placeholder shows; addresses are those of nobody. */
function sampleOf({ placeholder = '' }: { placeholder?: string }): string {
	const [, sample = 'x'] = /^e\.g\. (.*)/.exec(placeholder) ?? [];
	return sample.startsWith('https://') ? 'http://127.0.0.1:9/1471808049579560960' : sample;
}

/** Values of the right form, which the vendor may still refuse. */
function plausible(field: INodeProperties): fc.Arbitrary<Parameter> {
	switch (field.type) {
		case 'boolean':
			return fc.boolean();
		case 'number':
			return fc.constantFrom(1, 2, 50);
		case 'options':
			return fc.constantFrom(...valuesOf(field), field.default as string);
		case 'multiOptions':
			return fc.subarray(valuesOf(field));
		case 'dateTime':
			return fc.constantFrom('2025-07-17T08:11:41+08:00', '2025-07-18 08:11:41');
		case 'json':
			return fc.constant('{}');
		case 'collection':
			return fc.subarray(membersOf(field)).chain((members) => filled(members));
		case 'fixedCollection':
			return fc
				.subarray(groupsOf(field))
				.chain((groups) =>
					fc.record(
						Object.fromEntries(
							groups.map(({ name, values }) => [
								name,
								field.typeOptions?.multipleValues === true
									? fc.array(filled(values), { minLength: 1, maxLength: 2 })
									: filled(values),
							]),
						),
					),
				);
		case 'resourceLocator':
			return fc
				.constantFrom(...(field.modes ?? []))
				.map((mode) => ({ __rl: true, mode: mode.name, value: sampleOf(mode) }));
		case 'resourceMapper':
			return fc.record({
				mappingMode: fc.constantFrom('defineBelow', 'autoMapInputData'),
				value: fc.constant({ title: 'x', kind_id: '7' }),
				matchingColumns: fc.constant([]),
				schema: fc.constant(
					['title', 'kind_id', 'at'].map((id) => ({
						id,
						displayName: id,
						required: false,
						defaultMatch: false,
						display: true,
						type: id === 'at' ? 'dateTime' : 'string',
					})),
				),
			}) as fc.Arbitrary<unknown> as fc.Arbitrary<Parameter>;
		default:
			return fc.constant(sampleOf(field));
	}
}

function filled(fields: readonly INodeProperties[]): fc.Arbitrary<INodeParameters> {
	return fc.record(Object.fromEntries(fields.map((field) => [field.name, plausible(field)])));
}

const REQUEST_OPTIONS = 'requestOptions';
/** What the editor writes itself; n8n trusts in it. */
const NOT_ENTERED = ['__rl', 'schema'];

/**
 * The place of every value in the parameters that an expression can stand for: not of a collection or a row
 * of one, which n8n makes an empty one then.
 */
function placesIn(value: unknown, path: Key[] = []): Key[][] {
	if (typeof value !== 'object' || value === null) return [path];
	const places = Object.entries(value)
		.filter(([key]) => !NOT_ENTERED.includes(key))
		.flatMap(([key, entry]) =>
			placesIn(entry, [...path, Array.isArray(value) ? Number(key) : key]),
		);
	const isCollection = Array.isArray(value)
		? value.some((entry) => typeof entry === 'object')
		: !('mode' in value || 'mappingMode' in value);
	if (isCollection) return places;
	return [path, ...('mappingMode' in value ? [[...path, 'value']] : []), ...places];
}

function replaced(value: unknown, [key, ...rest]: readonly Key[], by: string): unknown {
	if (key === undefined) return by;
	// What another replacement has taken away is not there any more.
	if (typeof value !== 'object' || value === null) return value;
	const inner = replaced((value as Record<Key, unknown>)[key], rest, by);
	return Array.isArray(value)
		? value.map((entry, index) => (index === key ? inner : (entry as unknown)))
		: { ...value, [key]: inner };
}

/** The field at a place, or the last one on the way to it. */
function fieldAt(fields: readonly INodeProperties[], path: readonly Key[]): INodeProperties[] {
	const [key, ...rest] = path;
	const field = fields.find(({ name }) => name === key);
	if (field === undefined) return [];
	const group = groupsOf(field).find(({ name }) => name === rest[0]);
	const inner =
		group === undefined
			? fieldAt(membersOf(field), rest)
			: fieldAt(
					group.values,
					rest.slice(1).filter((entry) => typeof entry === 'string'),
				);
	return inner.length > 0 ? [field, ...inner] : withInner(field);
}

const shownBy = (
	names: readonly string[],
	{ displayOptions: { show = {} } = {} }: INodeProperties,
) => names.some((name) => name in show);

const isSingle = (type: INodeProperties['type']) =>
	!['notice', 'collection', 'fixedCollection'].includes(type);

/** Uses of a node that works with the example, with one odd value or two anywhere in its parameters. */
export function attacks(
	fields: readonly INodeProperties[],
	example: INodeParameters,
): fc.Arbitrary<Attack> {
	const inner = fields.flatMap(withInner);
	const odd = oddValue(inner.map(({ name }) => name));
	return fc
		.subarray(fields.filter(({ type }) => type !== 'notice'))
		.chain((chosen) => filled(chosen.filter(({ name }) => !(name in example))))
		.chain((more) => {
			const whole: INodeParameters = { ...more, ...example };
			const left = fields.filter(({ name, type }) => !(name in whole) && isSingle(type));
			const places = [...placesIn(whole), ...left.map(({ name }) => [name])];
			// Every operation has them: they are to leave room for its own.
			const own = places.filter(([name]) => name !== REQUEST_OPTIONS);
			const anywhere = fc.constantFrom(...(places.length === 0 ? [[REQUEST_OPTIONS]] : places));
			const path =
				own.length === 0
					? anywhere
					: fc.oneof(
							{ weight: 9, arbitrary: fc.constantFrom(...own) },
							{ weight: 1, arbitrary: anywhere },
						);
			return fc
				.array(fc.record({ path, value: odd }), { minLength: 1, maxLength: 2 })
				.map((odds) => attack(fields, whole, Object.keys(more), odds));
		});
}

function attack(
	fields: readonly INodeProperties[],
	whole: INodeParameters,
	added: readonly string[],
	odds: readonly { path: Key[]; value: OddValue }[],
): Attack {
	const parameters = odds.reduce<unknown>(
		(values, { path, value }) => replaced(values, path, `={{ ${value} }}`),
		whole,
	);
	const names = [...added, ...odds.map(({ path }) => String(path[0]))];
	const touched = [
		...added.flatMap((name) => fieldAt(fields, [name])),
		...odds.flatMap(({ path }) => fieldAt(fields, path)),
		...fields.filter((field) => shownBy(names, field)).flatMap(withInner),
	];
	return {
		parameters: parameters as INodeParameters,
		changed: [...new Set(touched.map(({ displayName }) => displayName))],
	};
}
