import type { INodeProperties } from 'n8n-workflow';

import { failureOf } from '../../../lib/errors';
import type { CallSite } from '../../../lib/exchange';
import type { JsonObject } from '../../../lib/json';
import { refusalCode } from '../transport';
import { readWorkOrder } from '../transport/workOrderDetail';

export const includeDetailsField: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: false,
	description:
		'Whether to fetch the full record of the work order for each event: names, form, flow and attachments. One request per event.',
};

/** The full record, or why it could not be had. */
export type Details = { readonly record: JsonObject } | { readonly reason: string };

/** Whether Weiban will not show this one work order, whoever asks again: told from what concerns every call. */
export function isRefusal(error: unknown): boolean {
	return refusalCode(error) !== undefined && failureOf(error)?.cause === undefined;
}

/** GET /open-api/workorder/detail (seed weiban). */
export async function fetchDetails(site: CallSite, orderNo: string): Promise<Details> {
	const record = await readWorkOrder(site, orderNo);
	return record === undefined ? { reason: 'Weiban answered without the work order' } : { record };
}
