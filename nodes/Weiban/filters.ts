import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../lib/fields';
import { toSeconds } from '../../lib/time';

const ZONE = "Without an offset it is read in the workflow's time zone.";

/** Start and end of a span; `remark` says which time lies in it. */
export function spanFields(remark: string): [INodeProperties, INodeProperties] {
	const description = `${remark} ${ZONE}`;
	return [
		{ displayName: 'End Time', name: 'endTime', type: 'dateTime', default: '', description },
		{ displayName: 'Start Time', name: 'startTime', type: 'dateTime', default: '', description },
	];
}

/** The span in epoch seconds, as Weiban counts. */
export function spanOf(filters: Fields): { start_time?: number; end_time?: number } {
	const start = filters.optionalInstant('startTime');
	const end = filters.optionalInstant('endTime');
	if (start !== undefined && end !== undefined && end < start) {
		return filters.refuse('endTime', 'is before Start Time', 'Exchange the two.');
	}
	return {
		...(start === undefined ? {} : { start_time: toSeconds(start) }),
		...(end === undefined ? {} : { end_time: toSeconds(end) }),
	};
}
