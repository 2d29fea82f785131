import type { RecordedRequest, Vendor } from './types.mts';

/** The requests in the order in which the vendors decided them. */
export class Ledger {
	#requests: RecordedRequest[] = [];

	add(request: RecordedRequest): void {
		this.#requests.push(request);
	}

	list(vendor?: Vendor): RecordedRequest[] {
		return this.#requests.filter((request) => vendor === undefined || request.vendor === vendor);
	}

	clear(): void {
		this.#requests = [];
	}
}
