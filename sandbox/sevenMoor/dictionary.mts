import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';

/** Times are China text; `cascade` is a digit string (sheet §3.1). */
export interface Dictionary {
	_id: string;
	accountId: string;
	name: string;
	cascade: string;
	headers: string[];
	createTime: string;
	biUpdateTime: string;
	options: DictionaryOption[];
	updateTimeArr: { updateTime: string; updateUser: string }[];
}

export interface DictionaryOption {
	name: string;
	key: string;
	/** The text says "2" enabled, "1" disabled; the samples contradict it. */
	state: string;
	options: DictionaryOption[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: Json | undefined): value is string =>
	typeof value === 'string' && UUID.test(value);

export const readName = (value: Json | undefined): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

export const readCascade = (value: Json | undefined): string | null =>
	typeof value === 'string' && /^[1-9]\d?$/.test(value) ? value : null;

export function readHeaders(value: Json | undefined): string[] | null {
	if (!Array.isArray(value)) return null;
	const titles = value.filter((title) => typeof title === 'string' && title !== '') as string[];
	return titles.length === value.length ? titles : null;
}

/** The tree without `level`; `null` when an item lacks something. */
export function readOptions(value: Json | undefined): DictionaryOption[] | null {
	if (!Array.isArray(value)) return null;
	const options: DictionaryOption[] = [];
	for (const item of value) {
		const option = isObject(item) ? readOption(item) : null;
		if (option === null) return null;
		options.push(option);
	}
	return options;
}

function readOption(item: JsonObject): DictionaryOption | null {
	const { name, key, state } = item;
	const options = readOptions(item['options']);
	if (readName(name) === null || !isUuid(key) || options === null) return null;
	if (state !== '1' && state !== '2') return null;
	return { name: String(name), key, state, options };
}

export const depth = (options: DictionaryOption[]): number =>
	options.length === 0 ? 0 : 1 + Math.max(...options.map((option) => depth(option.options)));

export const keys = (options: DictionaryOption[]): string[] =>
	options.flatMap((option) => [option.key, ...keys(option.options)]);

export function siblingsUnique(options: DictionaryOption[]): boolean {
	return (
		new Set(options.map(({ name }) => name)).size === options.length &&
		options.every((option) => siblingsUnique(option.options))
	);
}

interface AnswerOption {
	name: string;
	key: string;
	state: string;
	options: AnswerOption[];
	level: number;
}

/** Answers carry the level of every item, requests do not (seed). */
export function withLevels(options: DictionaryOption[], level = 1): AnswerOption[] {
	return options.map((option) => ({
		name: option.name,
		key: option.key,
		state: option.state,
		options: withLevels(option.options, level + 1),
		level,
	}));
}
