import { contentHash } from '../../../credentials/signing/sevenMoor';
import type { Changes } from '../../../lib/events';
import type { JsonObject } from '../../../lib/json';
import type { IsoTime } from '../../../lib/time';
import { textOrNull } from '../../../lib/workOrder';
import { toDictionary, type Dictionary } from '../dictionary';
import type { OptionStates } from '../transport/states';
import { contentOf, dictionaryId, partsOf, type Content } from './content';
import { contentChanges } from './contentChanges';

export const dictionaryEventNames = ['dictionaryAdded', 'dictionaryChanged'] as const;
export type DictionaryEventName = (typeof dictionaryEventNames)[number];

export interface DictionaryEvent {
	/** The same for the same happening, whoever asks and however often. */
	readonly id: string;
	readonly event: DictionaryEventName;
	readonly occurredAt: IsoTime | null;
	readonly dictionary: Dictionary;
	readonly changes: Changes;
	/** The vendor's own record. */
	readonly raw: JsonObject;
}

/** The vendor's time of the last change (sheet 7moor §3.1). */
export const changeTime = (record: JsonObject) => textOrNull(record.biUpdateTime) ?? '';
export const creationTime = (record: JsonObject) => textOrNull(record.createTime) ?? '';

const digits = (time: string) => time.replace(/\D/g, '');

function eventId(record: JsonObject, happening: string): string {
	return `sevenMoorDictionary:${dictionaryId(record) ?? ''}:${happening}`;
}

export function addedEvent(record: JsonObject): DictionaryEvent {
	const dictionary = toDictionary(record);
	return {
		// With its time: a dictionary may be made again under an id that the caller chooses.
		id: eventId(record, `added:${digits(creationTime(record))}`),
		event: 'dictionaryAdded',
		occurredAt: dictionary.createdAt,
		dictionary,
		changes: {},
		raw: record,
	};
}

/** A sample of a change: there is nothing to compare the record with. */
export function changeSample(record: JsonObject): DictionaryEvent {
	return changeTo(record, () => ({}));
}

export function changedEvent(
	record: JsonObject,
	from: Content,
	states: OptionStates,
): DictionaryEvent {
	return changeTo(record, (content) => contentChanges(from, content, states));
}

function changeTo(record: JsonObject, changesTo: (content: Content) => Changes): DictionaryEvent {
	const dictionary = toDictionary(record);
	const content = contentOf(record);
	// Named after the content reached: the time alone may stay while the content changes.
	const hash = contentHash(JSON.stringify(partsOf(content))).slice(0, 12);
	return {
		id: eventId(record, `changed:${digits(changeTime(record))}:${hash}`),
		event: 'dictionaryChanged',
		occurredAt: dictionary.updatedAt,
		dictionary,
		changes: changesTo(content),
		raw: record,
	};
}
