import { withoutTrailingSlash } from '../../lib/apiAddress';
import type { JsonObject } from '../../lib/json';
import { isoFromMilliseconds, type IsoTime } from '../../lib/time';
import { idOrNull, textOrNull } from '../../lib/workOrder';

/** One account set that has authorised the app (sheet kingdee §2.3a). */
export interface Authorisation {
	readonly accountId: string | null;
	readonly accountName: string | null;
	readonly serviceId: string | null;
	readonly groupName: string | null;
	readonly domain: string | null;
	readonly company: string | null;
	readonly outerInstanceId: string | null;
	readonly clientId: string | null;
	readonly valid: boolean;
	readonly expiresAt: IsoTime | null;
}

export function toAuthorisation(row: JsonObject): Authorisation {
	const domain = textOrNull(row.domain);
	return {
		accountId: idOrNull(row.accountId),
		accountName: textOrNull(row.accountName),
		serviceId: idOrNull(row.serviceId),
		groupName: textOrNull(row.groupName),
		// Official samples sometimes carry a trailing slash.
		domain: domain && withoutTrailingSlash(domain),
		company: textOrNull(row.agreementCompanyName),
		outerInstanceId: idOrNull(row.outerInstanceId),
		clientId: textOrNull(row.clientId),
		valid: String(row.status) === '1',
		expiresAt: isoFromMilliseconds(row.instanceExpiresTime),
	};
}
