import { createHash, createHmac } from 'node:crypto';

/** What a rule may draw from. `timestamp` is the header as it was sent. */
export interface SignatureInput {
	appId: string;
	secret: string;
	timestamp: string;
	method: string;
	path: string;
	/** Query without `?`, as it was sent. */
	query: string;
	body: string;
}

/** Candidates of the sheet, §2.3. None is confirmed for this system. */
export type SignaturePreset = 'A' | 'B' | 'C' | 'D' | 'F-hex' | 'F-base64';

export type SignatureRule = SignaturePreset | ((input: SignatureInput) => string);

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const hmacSha256 = ({ secret, appId, timestamp }: SignatureInput) =>
	createHmac('sha256', secret).update(appId + timestamp);

const signaturePresets: Record<SignaturePreset, (input: SignatureInput) => string> = {
	A: ({ appId, secret, timestamp }) => md5(appId + secret + timestamp),
	B: ({ appId, secret, timestamp }) => md5(appId + timestamp + secret),
	C: ({ secret, timestamp }) => md5(timestamp + secret),
	D: ({ secret, timestamp, body, query }) => md5((body || query) + secret + timestamp),
	'F-hex': (input) => hmacSha256(input).digest('hex'),
	'F-base64': (input) => hmacSha256(input).digest('base64'),
};

export function sign(rule: SignatureRule, input: SignatureInput): string {
	if (typeof rule === 'function') return rule(input);
	if (!Object.hasOwn(signaturePresets, rule)) throw new Error(`No signature rule ${rule}`);
	return signaturePresets[rule](input);
}
