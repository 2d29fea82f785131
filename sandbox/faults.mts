import type { Call, Reply } from './http.mts';
import type { Storm } from './storm.mts';
import type { Fault, FaultKind, Vendor } from './types.mts';

const HTML_PAGE =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n' +
	'<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

export const FAULT_KINDS: readonly FaultKind[] = [
	'latency',
	'resetBefore',
	'resetAfter',
	'cutOff',
	'status',
	'html',
	'empty',
	'brokenJson',
	'body',
	'slowBody',
	'hang',
	'hangAfter',
];

export class Faults {
	#pending: { fault: Fault; left: number; after: number }[] = [];
	#storm: Storm | null = null;

	add(fault: Fault): void {
		this.#pending.push({ fault, left: fault.times ?? 1, after: fault.after ?? 0 });
	}

	/** Adds to the faults those of the storm. */
	raise(storm: Storm): void {
		this.#storm = storm;
	}

	clear(): void {
		this.#pending = [];
		this.#storm = null;
	}

	/** Uses up every matching latency and the first matching fault of another kind, or asks the storm. */
	take(vendor: Vendor, call: Call): { delayMs: number; fault: Fault | null } {
		let delayMs = 0;
		let fault: Fault | null = null;
		for (const entry of this.#pending) {
			if (!matches(entry.fault, vendor, call)) continue;
			if (entry.after > 0) {
				entry.after -= 1;
				continue;
			}
			if (entry.fault.kind === 'latency') delayMs += entry.fault.ms ?? 1000;
			else if (fault === null) fault = entry.fault;
			else continue;
			entry.left -= 1;
		}
		this.#pending = this.#pending.filter(({ left }) => left > 0);
		return { delayMs, fault: fault ?? this.#storm?.strike(vendor, call) ?? null };
	}
}

function matches(fault: Fault, vendor: Vendor, call: Call): boolean {
	return (
		(fault.vendor ?? vendor) === vendor &&
		call.path.includes(fault.path ?? '') &&
		(fault.method ?? call.method).toUpperCase() === call.method
	);
}

/** The answer of a fault that keeps the vendor from acting; `null` for the other kinds. */
export function answerInstead(fault: Fault | null): Reply | null {
	const refusal = `fault: ${fault?.kind}`;
	switch (fault?.kind) {
		case 'status':
			return {
				status: fault.status ?? 500,
				contentType: fault.contentType ?? 'text/plain;charset=UTF-8',
				body: fault.body ?? '',
				headers: fault.headers,
				refusal,
			};
		case 'html':
			return {
				status: fault.status ?? 502,
				contentType: 'text/html',
				body: fault.body ?? HTML_PAGE,
				headers: fault.headers,
				refusal,
			};
		case 'body':
			return {
				status: fault.status ?? 200,
				contentType: fault.contentType ?? 'application/json;charset=UTF-8',
				body: fault.body ?? '',
				headers: fault.headers,
				refusal,
			};
		default:
			return null;
	}
}

/** The vendor's answer as a fault that lets it act leaves it. */
export function spoil(fault: Fault | null, reply: Reply): Reply {
	if (fault?.kind === 'empty') {
		return { ...reply, status: fault.status ?? reply.status, body: '' };
	}
	if (fault?.kind === 'brokenJson') {
		const half = reply.body.slice(0, Math.floor(reply.body.length / 2));
		return { ...reply, status: fault.status ?? reply.status, body: fault.body ?? half };
	}
	return reply;
}
