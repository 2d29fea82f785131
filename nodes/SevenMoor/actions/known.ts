import type { JsonObject } from '../../../lib/json';
import type { Item } from '../../../lib/operation';
import { dictionaryChoice } from '../fields';
import type { DictionaryOption } from '../optionTree';
import { callSevenMoor } from '../transport';
import { dictionaryById, dictionaryByName } from '../transport/dictionaries';
import { checkedTree, knownOptions } from './dictionary/options';

/** The record of the chosen dictionary as 7moor has it, for one call. */
export async function dictionaryRecord(item: Item): Promise<JsonObject> {
	const choice = dictionaryChoice(item.fields);
	const record =
		'name' in choice
			? await dictionaryByName(item, choice.name)
			: await dictionaryById(item, choice.id);
	if (record !== undefined) return record;
	const wanted = 'name' in choice ? choice.name : choice.id;
	return item.fields.refuse(
		'dictionaryId',
		`has no dictionary in 7moor: "${wanted}"`,
		'Check it; Dictionary: Get Many lists the dictionaries of the account.',
	);
}

/** A dictionary whose options are to be changed. */
export interface KnownDictionary {
	readonly id: string;
	readonly name: string;
	/** Number of levels; undefined where the record does not say. */
	readonly levels: number | undefined;
	readonly options: DictionaryOption[];
}

export async function knownDictionary(item: Item): Promise<KnownDictionary> {
	const record = await dictionaryRecord(item);
	return {
		id: String(record._id),
		name: String(record.name ?? ''),
		levels: Array.isArray(record.headers) ? record.headers.length : undefined,
		options: knownOptions(item.fields, record.options),
	};
}

/**
 * Sends the whole tree, as an update has to (sheet 7moor §3.1); what breaks a rule of the vendor is refused
 * under the name of `field` before anything is sent.
 */
export async function saveOptions(
	item: Item,
	{ id, levels }: KnownDictionary,
	options: DictionaryOption[],
	field: string,
): Promise<void> {
	checkedTree(item.fields, field, options, levels);
	await callSevenMoor(item, 'updateDictionary', { _id: id, options });
}
