import { isJsonObject, type JsonObject } from '../../lib/json';
import { idOrNull, textOrNull } from '../../lib/workOrder';

/** What the node says about a record that was saved. */
export interface Saved {
	/** Null where a record was created and the answer does not name it. */
	readonly id: string | null;
	readonly number: string | null;
	readonly created: boolean;
	/** The vendor's own word; null where it said something else. */
	readonly message: string | null;
}

/** Ids have 19 digits (sheet kingdee §7); fewer may count something. */
const ID = /^\d{16,20}$/;

/**
 * Reads the answer of `saveBill`: what its data hold is not published, so they may be the record, its id
 * or a word.
 *
 * @param changed id of the record that was changed; undefined where one was created
 */
export function savedIn({ data }: JsonObject, changed: string | undefined): Saved {
	const first = Array.isArray(data) ? data[0] : data;
	const created = changed === undefined;
	if (isJsonObject(first)) {
		return {
			id: changed ?? idOrNull(first.id),
			number: textOrNull(first.billno) ?? textOrNull(first.number),
			created,
			message: null,
		};
	}
	const text = textOrNull(first);
	const isId = text !== null && ID.test(text);
	return {
		id: changed ?? (isId ? text : null),
		number: null,
		created,
		message: isId ? null : text,
	};
}
