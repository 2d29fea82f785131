import { isJsonObject, type JsonObject } from '../../../lib/json';
import type { Item } from '../../../lib/operation';
import { idOrNull } from '../../../lib/workOrder';
import { callKingsoft } from './index';

/** The ticket that the person asks for by the field `ticketId`; `form` is the call that reads it. */
export async function askedTicket(item: Item, form: 'base' | 'detail'): Promise<JsonObject> {
	const id = item.fields.integerId('ticketId');
	const { data } = await callKingsoft(item, form, { query: { id } });
	return isJsonObject(data) && idOrNull(data.id) !== null
		? data
		: item.fields.refuse(
				'ticketId',
				`has no ticket in Kingsoft Cloud's answer: "${id}"`,
				'Check the ID; Get Many lists the tickets.',
			);
}
