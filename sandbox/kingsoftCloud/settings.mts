import { kingsoftCloudAccount as account } from './account.mts';
import type { SignatureRule } from './signature.mts';

/** What the vendor does not document; every value can be changed at any time. */
export class KingsoftCloudSettings {
	/** How `Sign` is made: unknown (sheet §2.2). */
	rule: SignatureRule = 'A';
	/** How far `Timestamp` may be from the sandbox clock: unknown. */
	timestampWindowMs = 5 * 60 * 1000;
	/** HTTP status of a refused signature: unknown. */
	authFailureHttpStatus = 200;
	/** HTTP status of every other failure: unknown. */
	failureHttpStatus = 200;
	/** Largest `page_size`, larger ones are cut: unknown. */
	maxPageSize = Number.POSITIVE_INFINITY;
	/** Text in the `status` string of list rows: unknown. */
	listStatusAs: 'digits' | 'label' = 'digits';
	/** Whether `customer_organization_name` filters exactly or on a part: unknown. */
	customerNameMatch: 'exact' | 'partial' = 'exact';
	/** Where the temporary addresses of files point, a host of their own at the vendor; '' is this one. */
	fileAddress = '';
	/** Who an upload is stored for: the request does not say. */
	uploadAuthor: string = account.closerId;
}
