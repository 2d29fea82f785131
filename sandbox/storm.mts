import type { Call } from './http.mts';
import { Random } from './random.mts';
import type { Fault, Vendor } from './types.mts';

/**
 * | kind | what happens |
 * | --- | --- |
 * | unavailable | HTTP 500, 502 or 503 by somebody before the vendor, at times with Retry-After |
 * | trouble | the vendor's own code for trouble inside, where it publishes one |
 * | lateError | the vendor acts, and its gateway answers HTTP 504 |
 * | resetBefore, resetAfter, cutOff | the connection ends before the vendor acts, after it, within the answer |
 * | hang, hangAfter | no answer comes, before the vendor acts or after it |
 * | limit | the vendor refuses the call for its limit, in its own form |
 * | sessionOver | the vendor ends the session before the call |
 * | brokenJson, empty | half of the answer, or none of it |
 * | slowBody | the whole answer, in pieces |
 */
export type StormKind =
	| 'unavailable'
	| 'trouble'
	| 'lateError'
	| 'resetBefore'
	| 'resetAfter'
	| 'cutOff'
	| 'hang'
	| 'hangAfter'
	| 'limit'
	| 'sessionOver'
	| 'brokenJson'
	| 'empty'
	| 'slowBody';

/** How often each kind comes, relative to the others. */
const WEIGHTS: Readonly<Record<StormKind, number>> = {
	unavailable: 20,
	trouble: 6,
	lateError: 8,
	resetBefore: 10,
	resetAfter: 10,
	cutOff: 7,
	hang: 3,
	hangAfter: 3,
	limit: 10,
	sessionOver: 8,
	brokenJson: 9,
	empty: 4,
	slowBody: 5,
};

export const STORM_KINDS = Object.keys(WEIGHTS) as StormKind[];

const deck = STORM_KINDS.flatMap((kind) => Array<StormKind>(WEIGHTS[kind]).fill(kind));

export interface StormOptions {
	/** The same seed strikes the calls of each path in the same way, in the order of their arrival. */
	seed: number;
	/** Part of the calls that are struck, from 0 to 1. */
	share: number;
	/** Pieces of paths of calls that never hang: those for which the caller waits long. */
	neverHang: readonly string[];
}

interface Weather {
	/** Calls whose limit this is: those of one path, or all of the account. */
	limitOf: 'path' | 'account';
	limit: Omit<Fault, 'vendor' | 'path'>;
	/** How long the vendor refuses every call after the limit. */
	blockMs: number;
	/** Least time between two refusals: a limit is not reached again by the first calls after the wait for it. */
	limitMs: number;
	trouble?: Omit<Fault, 'vendor' | 'path'>;
	/** Least time between two ends of the session; absent where there is none. */
	sessionMs?: number;
}

const body = (status: number, value: object): Omit<Fault, 'vendor' | 'path'> => ({
	kind: 'body',
	status,
	body: JSON.stringify(value),
});

const MINUTE_MS = 60_000;
const USUAL_LIMIT_MS = 2.5 * MINUTE_MS;
/** Longer than a call waits for its turn or a log-in, so that no session ends on its first call. */
const SESSION_MS = 1.5 * MINUTE_MS;

/** Each vendor's own forms; where they are unknown, those of the sandbox's vendors. */
const weathers: Readonly<Record<Vendor, Weather>> = {
	kingdee: {
		limitOf: 'account',
		limit: body(429, { errcode: 429, description: 'too many requests' }),
		blockMs: 0,
		limitMs: USUAL_LIMIT_MS,
		// The service is not available: the gateway did not pass the call on (sheet §4.2).
		trouble: body(519, { errcode: 5003, description: 'service unavailable' }),
		sessionMs: SESSION_MS,
	},
	kingsoftCloud: {
		limitOf: 'path',
		limit: {
			kind: 'status',
			status: 429,
			body: 'Too Many Requests',
			headers: { 'retry-after': '7' },
		},
		blockMs: 0,
		limitMs: 20_000,
	},
	sevenMoor: {
		limitOf: 'path',
		limit: body(200, { code: 429, success: false, message: 'request too frequently' }),
		blockMs: 0,
		limitMs: USUAL_LIMIT_MS,
		trouble: body(200, { code: 500, success: false, message: 'system error' }),
	},
	weiban: {
		limitOf: 'path',
		limit: body(200, { errcode: 10053, errmsg: '接口调用频率超过限制' }),
		blockMs: MINUTE_MS,
		limitMs: USUAL_LIMIT_MS,
		sessionMs: SESSION_MS,
	},
};

const GATEWAY_PAGE = '<html><head><title>504 Gateway Time-out</title></head></html>';

/** Strikes a part of all calls, each with a fault of a kind that its seed gives. */
export class Storm {
	readonly #options: StormOptions;
	readonly #endSession: (vendor: Vendor) => void;
	readonly #dice = new Map<string, Random>();
	/** When a limit, or the end of a session, struck last. */
	readonly #last = new Map<string, number>();
	readonly #struck = new Map<string, number>();

	constructor(options: StormOptions, endSession: (vendor: Vendor) => void) {
		this.#options = options;
		this.#endSession = endSession;
	}

	/** How often a kind struck the vendor. */
	struck(vendor: Vendor, kind: StormKind): number {
		return this.#struck.get(`${vendor} ${kind}`) ?? 0;
	}

	/** What happens to the call; null where nothing does, or something that the vendor itself answers. */
	strike(vendor: Vendor, call: Call): Fault | null {
		const dice = this.#diceOf(`${vendor} ${call.path}`);
		const isStruck = dice.next() < this.#options.share;
		const drawn = dice.pick(deck);
		const limitKey = this.#limitKey(vendor, call);
		if (this.#isRecent(limitKey, call.at, weathers[vendor].blockMs)) {
			return this.#faultOf(vendor, call, 'limit', dice);
		}
		return isStruck ? this.#faultOf(vendor, call, this.#possible(vendor, call, drawn), dice) : null;
	}

	#diceOf(name: string): Random {
		const known = this.#dice.get(name);
		if (known !== undefined) return known;
		const dice = new Random([...name].reduce(mix, this.#options.seed));
		this.#dice.set(name, dice);
		return dice;
	}

	#limitKey(vendor: Vendor, { path }: Call): string {
		return weathers[vendor].limitOf === 'path' ? `limit ${vendor} ${path}` : `limit ${vendor}`;
	}

	#isRecent(key: string, now: number, ms: number): boolean {
		return now < (this.#last.get(key) ?? -Infinity) + ms;
	}

	/** The kind itself, or another one where the call or the vendor knows no such thing. */
	#possible(vendor: Vendor, call: Call, kind: StormKind): StormKind {
		const { limitMs, trouble, sessionMs } = weathers[vendor];
		switch (kind) {
			case 'trouble':
				return trouble === undefined ? 'unavailable' : kind;
			case 'hang':
			case 'hangAfter': {
				const isPatient = this.#options.neverHang.some((piece) => call.path.includes(piece));
				return isPatient ? 'resetBefore' : kind;
			}
			case 'limit':
				return this.#isRecent(this.#limitKey(vendor, call), call.at, limitMs)
					? 'unavailable'
					: kind;
			case 'sessionOver': {
				const hasSession = sessionMs !== undefined && 'access_token' in call.query;
				return hasSession && !this.#isRecent(`session ${vendor}`, call.at, sessionMs)
					? kind
					: 'unavailable';
			}
			default:
				return kind;
		}
	}

	#faultOf(vendor: Vendor, call: Call, kind: StormKind, dice: Random): Fault | null {
		const name = `${vendor} ${kind}`;
		this.#struck.set(name, (this.#struck.get(name) ?? 0) + 1);
		const { limit, blockMs, trouble } = weathers[vendor];
		switch (kind) {
			case 'unavailable': {
				const headers = dice.next() < 0.2 ? { 'retry-after': '12' } : undefined;
				const status = dice.pick([500, 502, 503]);
				return { kind: dice.pick(['status', 'html']), status, headers };
			}
			case 'trouble':
				return trouble ?? { kind: 'status' };
			case 'lateError':
				return { kind: 'brokenJson', status: 504, body: GATEWAY_PAGE };
			case 'limit': {
				const key = this.#limitKey(vendor, call);
				if (!this.#isRecent(key, call.at, blockMs)) this.#last.set(key, call.at);
				return limit;
			}
			case 'sessionOver':
				this.#last.set(`session ${vendor}`, call.at);
				this.#endSession(vendor);
				return null;
			case 'slowBody':
				return { kind, ms: 300 };
			case 'resetBefore':
			case 'resetAfter':
			case 'cutOff':
			case 'hang':
			case 'hangAfter':
			case 'brokenJson':
			case 'empty':
				return { kind };
		}
	}
}

function mix(hash: number, letter: string): number {
	return Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
}
