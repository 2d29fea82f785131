import type { JsonObject } from '../../../lib/json';
import type { WorkOrderStatus } from '../../../lib/workOrder';
import { statusOf } from '../workOrder';
import { secondsIn } from './listing';

/** What is remembered of one ticket. */
export interface Track {
	readonly status: WorkOrderStatus;
	/** 1 until the ticket goes back, as in being taken up again; each way back begins another round. */
	readonly round: number;
	/** The latest time of closing that was seen, epoch seconds; 0 for none. */
	readonly closedAt: number;
	/** Whether the filter has kept the ticket out since it was first seen. */
	readonly outside: boolean;
}

/** A ticket has reached a status. */
export interface Arrival {
	readonly track: Track;
	/** Whether `track.closedAt` is the time of this arrival and of no earlier one. */
	readonly hasOwnTime: boolean;
}

const letters: Record<WorkOrderStatus, string> = {
	open: 'o',
	inProgress: 'p',
	resolved: 'r',
	closed: 'c',
	cancelled: 'x',
	unknown: 'u',
};
const statuses = Object.keys(letters) as WorkOrderStatus[];

/** How far a ticket has come in each status. */
const places: Record<WorkOrderStatus, number> = {
	open: 0,
	inProgress: 1,
	resolved: 2,
	closed: 2,
	cancelled: 2,
	unknown: 2,
};

const closingTime = ({ closed_time: time }: JsonObject) => secondsIn(time);

/** A ticket in the status that it has. */
export function trackOf(record: JsonObject, round: number, outside: boolean): Track {
	return { status: statusOf(record), round, closedAt: closingTime(record), outside };
}

/**
 * A ticket stays in its round as long as it goes on: so it makes no difference whether a status in between
 * was seen.
 */
export function arrive(track: Track, record: JsonObject): Arrival {
	const status = statusOf(record);
	const time = closingTime(record);
	const goesOn = places[status] > places[track.status];
	return {
		track: {
			...track,
			status,
			round: goesOn ? track.round : track.round + 1,
			closedAt: Math.max(track.closedAt, time),
		},
		hasOwnTime: status === 'closed' && time > track.closedAt,
	};
}

/** Short, because there is one for every open ticket: "o", "p2", "-o" for one kept out, "p2@1635766132". */
export function pack({ status, round, closedAt, outside }: Track): string {
	const again = round > 1 ? round : '';
	const closed = closedAt > 0 ? `@${closedAt}` : '';
	return `${outside ? '-' : ''}${letters[status]}${again}${closed}`;
}

export function unpack(text: string): Track {
	const [, minus, letter, round, closed] = /^(-?)([a-z])(\d*)(?:@(\d+))?$/.exec(text) ?? [];
	return {
		status: statuses.find((status) => letters[status] === letter) ?? 'unknown',
		round: Number(round || 1),
		closedAt: Number(closed ?? 0),
		outside: minus === '-',
	};
}
