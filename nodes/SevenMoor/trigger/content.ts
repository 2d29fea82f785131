import type { JsonObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';
import { toDictionary } from '../dictionary';

/** What of a dictionary is watched, small enough to be remembered. */
export interface Content {
	readonly name: string;
	readonly levels: number | null;
	readonly headers: string[];
	/** "level|state|key|name" of every option, parents first. */
	readonly options: string[];
}

/** One option as it is told to people. */
export interface OptionEntry {
	readonly key: string;
	/** Names from the first level down. */
	readonly path: string[];
	readonly state: string;
}

/** An option with what tells it apart from the others of its dictionary. */
export interface Placed {
	readonly identity: string;
	readonly parent: string;
	readonly name: string;
	readonly entry: OptionEntry;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PACKED = /^[\w-]{22}$/;

/** A key as 22 characters where it is the standard UUID that the vendor asks for. */
function pack(key: string): string {
	return UUID.test(key) ? Buffer.from(key.replaceAll('-', ''), 'hex').toString('base64url') : key;
}

function unpack(key: string): string {
	if (!PACKED.test(key)) return key;
	const hex = Buffer.from(key, 'base64url').toString('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Neither has the separator (seed 7moor): states are digits, keys are UUIDs. */
const plain = (text: string) => text.replaceAll('|', '');

function linesOf(options: readonly JsonObject[], level = 1): string[] {
	return options.flatMap((option) => {
		const [state, key] = [plain(String(option.state ?? '')), plain(String(option.key ?? ''))];
		const line = `${level}|${state}|${pack(key)}|${String(option.name ?? '')}`;
		return [line, ...linesOf(option.options as JsonObject[], level + 1)];
	});
}

export function contentOf(record: JsonObject): Content {
	const { name, levels, headers, options } = toDictionary(record);
	return { name: name ?? '', levels, headers, options: linesOf(options) };
}

export function sameContent(a: Content, b: Content): boolean {
	return JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));
}

export function partsOf({ name, levels, headers, options }: Content): unknown[] {
	return [name, levels, headers, options];
}

const LINE = /^(\d+)\|([^|]*)\|([^|]*)\|([\s\S]*)$/;

/** The options in their order; an option without a key, or with one of another, goes by its path. */
export function placedOptions(content: Content): Placed[] {
	const taken = new Set<string>();
	const above: Placed[] = [];
	return content.options.map((line) => {
		const [, level = '1', state = '', key = '', name = ''] = LINE.exec(line) ?? [];
		above.length = Math.min(above.length, Number(level) - 1);
		const parent = above.at(-1);
		const path = [...(parent?.entry.path ?? []), name];
		const identity = key === '' || taken.has(key) ? `path ${JSON.stringify(path)}` : key;
		taken.add(identity);
		const entry = { key: unpack(key), path, state };
		const placed = { identity, parent: parent?.identity ?? '', name, entry };
		above.push(placed);
		return placed;
	});
}

/** The vendor's own id of a dictionary; undefined where a record has none. */
export function dictionaryId(record: JsonObject): string | undefined {
	return textOrNull(record._id) ?? undefined;
}
