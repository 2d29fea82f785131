/** What the vendor does not document, and its limit; every value can be changed at any time. */
export class SevenMoorSettings {
	/** Per dictionary endpoint and account (per account or per IP: unknown); Infinity switches it off. */
	limitPerMinute = 20;
	/** The same for queryQueue. */
	queueLimitPerMinute = 100;
	/** The same for handleBusiness: unknown. */
	inflowLimitPerMinute = Number.POSITIVE_INFINITY;
	/** What queryQueue answers for an agent that nobody has: unknown. */
	unknownAgent: 'empty' | 'refused' = 'empty';
	/** `code` of a call above the limit: unknown. */
	limitCode = 429;
	/** HTTP status of a call above the limit: unknown. */
	limitHttpStatus = 200;
	/** HTTP status beside `code` 403: unknown. */
	authFailureHttpStatus = 200;
	/** HTTP status beside `code` 400: unknown. */
	failureHttpStatus = 200;
	/** Whether `name` in a query must match as a whole: unknown. */
	nameMatch: 'exact' | 'partial' = 'exact';
	/** Largest `pageSize`, larger ones are cut: unknown. */
	maxPageSize = Number.POSITIVE_INFINITY;
	/** "First level needs an enabled item": the seed's rule, which its own samples break. */
	requireEnabled = false;
}
