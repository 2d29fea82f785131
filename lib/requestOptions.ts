import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from './fields';
import type { Pace } from './limits';

/** What a person chose for the calls of a node; see the fields below. */
export interface RequestOptions extends Pace {
	readonly timeoutMs?: number;
	readonly maxRetryMs?: number;
}

/** Items worked at the same time where an operation only reads. */
const USUAL_CONCURRENT_READS = 5;
const USUAL_RETRY_S = 90;
export const USUAL_RETRY_MS = USUAL_RETRY_S * 1_000;
const USUAL_TIMEOUT_S = 30;
/** Timers count their ms in 31 bits: beyond 24 days they end at once. */
const DAY_S = 86_400;

/** The last field of every operation. */
export const requestOptionsField: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Max Concurrent',
			name: 'maxConcurrent',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: USUAL_CONCURRENT_READS,
			description: `Max number of items worked on at the same time. Without this option ${USUAL_CONCURRENT_READS} where the operation only reads and 1 where it changes something. The order of the output stays that of the input. Do not raise it where several items change the same record.`,
		},
		{
			displayName: 'Max Retry Time',
			name: 'maxRetryTime',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: DAY_S },
			default: USUAL_RETRY_S,
			description:
				'Max number of seconds after a first failure in which a call is repeated, without the waits for its turn; 0 for never. A read is repeated after failures that pass, a change only where the vendor certainly did not act.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 20,
			description:
				"Max number of requests of this node in any minute, for each kind of request. Without this option the vendor's published limit, which all nodes of the account share. A higher number replaces it.",
		},
		{
			displayName: 'Share of the Limits',
			name: 'limitShare',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 50,
			description:
				"Percentage of the vendor's limits for this n8n process, where others use the account as well. With two workers: 50, in every node of the account.",
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: DAY_S },
			default: USUAL_TIMEOUT_S,
			description: `Max number of seconds to wait for an answer. Without this option ${USUAL_TIMEOUT_S}, and 120 for uploads.`,
		},
	],
};

const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);

/** @throws NodeOperationError naming the field that does not fit */
export function requestOptionsIn(fields: Fields): RequestOptions {
	const options = fields.group(requestOptionsField.name);
	const percent = options.optionalCount('limitShare', 1, 100);
	return {
		maxConcurrent: options.optionalCount('maxConcurrent', 1),
		maxRetryMs: inMs(options.optionalCount('maxRetryTime', 0, DAY_S)),
		requestsPerMinute: options.optionalCount('requestsPerMinute', 1),
		share: percent === undefined ? undefined : percent / 100,
		timeoutMs: inMs(options.optionalCount('timeout', 1, DAY_S)),
	};
}

/** How many items are worked at the same time. */
export function concurrency({ maxConcurrent }: RequestOptions, readsOnly: boolean): number {
	return maxConcurrent ?? (readsOnly ? USUAL_CONCURRENT_READS : 1);
}
