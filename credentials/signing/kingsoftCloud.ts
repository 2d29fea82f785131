import { createHmac, hash } from 'node:crypto';

/** What a signature rule may use. Times are the text of the Timestamp header. */
export interface SignatureInput {
	readonly appId: string;
	readonly appSecret: string;
	readonly timestamp: string;
	readonly method: string;
	/** Path without host and query. */
	readonly path: string;
	/** Query string without "?", as sent. */
	readonly query: string;
	/** Body text; empty for a form. */
	readonly body: string;
}

export type Algorithm = 'md5' | 'sha1' | 'sha256' | 'hmac-sha1' | 'hmac-sha256';
export type Encoding = 'hex' | 'base64';
export type LetterCase = 'lower' | 'upper';

export interface SignatureRule {
	/** Text with the names of SignatureInput in braces: "{appId}{appSecret}{timestamp}". */
	readonly template: string;
	/** The hmac algorithms take the secret as their key. */
	readonly algorithm: Algorithm;
	readonly encoding: Encoding;
	/** Case of hex digits; Base64 stays as it is. */
	readonly letterCase: LetterCase;
}

export type Preset = 'A' | 'B' | 'C' | 'F';

/**
 * Rules that gateways with the same three headers use (sheet kingsoft §2.3). None is confirmed: the
 * vendor publishes no rule.
 */
export const presets: Readonly<Record<Preset, Omit<SignatureRule, 'encoding' | 'letterCase'>>> = {
	A: { template: '{appId}{appSecret}{timestamp}', algorithm: 'md5' },
	B: { template: '{appId}{timestamp}{appSecret}', algorithm: 'md5' },
	C: { template: '{timestamp}{appSecret}', algorithm: 'md5' },
	F: { template: '{appId}{timestamp}', algorithm: 'hmac-sha256' },
};

const PLACEHOLDER = /\{(appId|appSecret|timestamp|method|path|query|body)\}/;

/** Fills a template; one pass, so a value that looks like a placeholder stays as it is. */
export function fillTemplate(template: string, input: SignatureInput): string {
	// Text and names take turns.
	const parts = template.split(PLACEHOLDER);
	return parts
		.map((part, place) => (place % 2 === 0 ? part : input[part as keyof SignatureInput]))
		.join('');
}

/** The Sign header of one request. */
export function sign(rule: SignatureRule, input: SignatureInput): string {
	const text = fillTemplate(rule.template, input);
	const { algorithm, encoding } = rule;
	const digest = algorithm.startsWith('hmac-')
		? createHmac(algorithm.slice('hmac-'.length), input.appSecret)
				.update(text, 'utf8')
				.digest(encoding)
		: hash(algorithm, text, encoding);
	return encoding === 'hex' && rule.letterCase === 'upper' ? digest.toUpperCase() : digest;
}
