/** What the vendor does not document, and its limits; every value can be changed at any time. */
export class WeibanSettings {
	/** Calls at the same time, reads and writes each; Infinity switches the limit off. */
	limitInFlight = 5;
	/** Per API. */
	limitPerMinute = 600;
	/** Per API. */
	limitPerHour = 36_000;
	/** A public client saw empty pages with errcode 0 in place of 10052 (sheet §5). */
	emptyPageAboveLimit = false;
	/** Clients fall back to 7200; the official figure is unknown. */
	tokenLifeSeconds = 7200;
	/** Whether a new token ends the older ones: unknown. */
	newTokenEndsOld = false;
	/** HTTP status of failures: unknown. */
	failureHttpStatus = 200;
	/** What a `limit` above 100 leads to: unknown. */
	aboveMaximum: 'refuse' | 'cut' = 'refuse';
	/** Which time `start_time` and `end_time` filter: unknown. Both ends are taken as included. */
	timeFilter: 'created_at' | 'updated_at' = 'created_at';
	/** Whether `title` must match as a whole: unknown. */
	titleMatch: 'exact' | 'partial' = 'partial';
	/** Sort order of the list by creation: unknown. */
	listOrder: 'newestFirst' | 'oldestFirst' = 'newestFirst';
	/** Whether the template list has a `total`: unknown. */
	templateTotal = false;
	/** Which of the two documented names of the attachments is heeded (sheet §3.4). */
	attachmentField: 'attached_json' | 'attached_files' = 'attached_json';
	/** Ids of staff who may not act on any work order; who may is unknown. */
	refusedStaff: string[] = [];
	/** `status` of a closed order; only 10 is published. */
	closedStatus = 40;
	/** Which id of a template's component create takes as `component_id`: unknown. */
	componentId: 'config' | 'component' = 'config';
	/** What a batch with some unknown ids leads to: unknown. One that knows none is refused. */
	unknownInBatch: 'omit' | 'refuse' = 'omit';
	/** Printed `type_`; a public client sends `type`. The other one is ignored. */
	customerTypeParameter: 'type_' | 'type' = 'type_';
}
