import type { IntegerId } from '../../lib/ids';
import { toChinaText, toIso, type EpochMs } from '../../lib/time';

/** State of a work order after it was handled, by the vendor's letter (seed kingdee). */
export const statusNames = { F: 'In Progress', H: 'Done', G: 'Cannot Be Handled' } as const;
export type HandlingStatus = keyof typeof statusNames;

export interface Photo {
	readonly url: string;
	readonly name: string;
}

/** What is recorded when a work order is processed; optional texts are "" where nothing was given. */
export interface Handling {
	readonly entity: string;
	readonly id: IntegerId;
	readonly orderNo: string;
	readonly status: HandlingStatus;
	readonly start: EpochMs;
	readonly end: EpochMs;
	readonly handlerId: IntegerId;
	readonly departmentId: IntegerId;
	/** Decimal text from 0 up; its unit is not published. */
	readonly progress: string;
	readonly problemCauseId: IntegerId;
	readonly schemeId: IntegerId;
	readonly resultId: IntegerId;
	readonly note: string;
	/** Hours. */
	readonly workingHours: number | undefined;
	readonly otherHandlerIds: readonly IntegerId[];
	readonly latitude: string;
	readonly longitude: string;
	readonly address: string;
	readonly photosBefore: readonly Photo[];
	readonly photosAfter: readonly Photo[];
	readonly pageIndex: number | undefined;
	readonly pageSize: number | undefined;
}

/**
 * The body of `handle-order`, keys and their order as in the seed's sample. Its table asks for `body` and
 * for both page fields; both samples send `body_` and no page fields, so these go only when given.
 */
export function handleOrderBody(handling: Handling): object {
	return {
		entity: handling.entity,
		id: handling.id,
		flag: 'handle-order',
		pageindex: handling.pageIndex,
		pagesize: handling.pageSize,
		body_: {
			orderNo: handling.orderNo,
			handlesdate: toChinaText(handling.start),
			handleedate: toChinaText(handling.end),
			handlemanid: handling.handlerId,
			handledeptid: handling.departmentId,
			// Two required fields of the same text and the same values (seed kingdee).
			wxztid: handling.status,
			combofield: handling.status,
			diff: handling.workingHours,
			processid: handling.progress,
			wtyyid: handling.problemCauseId,
			clfaid: handling.schemeId,
			cljgid: handling.resultId,
			clsmid: handling.note,
			labs: handling.otherHandlerIds.map((id) => ({ id })),
			lat: handling.latitude,
			lgt: handling.longitude,
			handleAddress: handling.address,
			attmentInforspre: handling.photosBefore,
			attmentInforsafter: handling.photosAfter,
		},
	};
}

/** What is known of a handling when the node reports it. */
type Reported = Pick<Handling, 'status' | 'start' | 'end'> & {
	readonly id: string | undefined;
	readonly orderNo: string | undefined;
};

/** What the node says about a work order that was processed; Kingdee's own answer is a bare "done". */
export function processed({ id, orderNo, status, start, end }: Reported, message: string | null) {
	return {
		id,
		orderNo,
		handled: true,
		status,
		statusName: statusNames[status],
		handlingStart: toIso(start),
		handlingEnd: toIso(end),
		message,
	};
}
