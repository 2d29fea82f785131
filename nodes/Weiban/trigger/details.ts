import { NodeApiError, type INodeProperties } from 'n8n-workflow';

import { type CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callWeiban } from '../transport';

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

/** Error codes of the calls' own limits and of the token: they pass, or need a person (sheet weiban §4). */
const passing = new Set(['errcode 10001', 'errcode 10052', 'errcode 10053']);

/** Whether Weiban will not show this one work order, whoever asks again. */
export function isRefusal(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return false;
	const data: unknown = error.context.data;
	const code = isJsonObject(data) ? data.code : undefined;
	return typeof code === 'string' && code.startsWith('errcode ') && !passing.has(code);
}

/** GET /open-api/workorder/detail (seed weiban). */
export async function fetchDetails(site: CallSite, orderNo: string): Promise<Details> {
	const { work_order: record } = await callWeiban(site, 'workOrderDetail', { order_no: orderNo });
	return isJsonObject(record) ? { record } : { reason: 'Weiban answered without the work order' };
}
