const DAY_MS = 24 * 3600 * 1000;

/** What the vendor does not document, and its limits; every value can be changed at any time. */
export class KingdeeSettings {
	/** Per account set; the sheet's two figures contradict each other (§5). Infinity: off. */
	limitPerMinute = 500;
	/** HTTP status of a call above the limit; its form is unknown. */
	limitHttpStatus = 429;
	/** `kingdee_auth_token` calls; 2 according to a code comment, so off by default. */
	tokenCallsPerMinute = Number.POSITIVE_INFINITY;
	/** Life of every access_token, also of the seed's from the last reset: undocumented. */
	tokenLifeMs = DAY_MS;
	/** HTTP status of weigusoft failures: unknown. */
	failureHttpStatus = 200;
	/** Most rows per query (sheet §5, whether for weigusoft too is unknown); more are refused. */
	maxPageSize = 1000;
	/** Where `loadList` puts its rows: unknown. */
	listShape: 'rows' | 'array' = 'rows';
	/** Whether `loadList` heeds `orderBy`; only `number asc` is documented (sheet §3.1.2). */
	heedsOrderBy = true;
	/** Whether a `+` sent raw in authority_info is understood: unknown. */
	acceptsRawPlus = false;
	/** Official samples of `domain` sometimes carry a trailing slash (sheet §1.2). */
	domainTrailingSlash = false;
	/** How long an uploaded file lives; the sheet says about 10 to 15 minutes. */
	tempFileLifeMs = 15 * 60 * 1000;
	/** What `saveBill` answers as `data`: unknown. */
	savedShape: 'object' | 'id' | 'text' = 'object';
	/** Where `commonApi` answers the id of an attachment record: unknown. */
	attachmentShape: 'id' | 'object' = 'id';
	/** The sheet says 24 hours, one client README 2 (§2.4). */
	appTokenLifeMs = DAY_MS;
	/** Where the lists of 星辰 v2 have their rows: unknown. */
	productListShape: 'rows' | 'array' = 'rows';
	/** How long an authorisation code of the browser log-in lives: unknown. */
	codeLifeMs = 10 * 60 * 1000;
	/** Where the answer to a code has its token: unknown. */
	logInShape: 'flat' | 'data' = 'flat';
}
