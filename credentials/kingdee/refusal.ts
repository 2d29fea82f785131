import type { JsonObject } from '../../lib/json';
import { redact } from '../../lib/redact';
import { SignInProblem, type SignInAnswer } from '../../lib/signIn';
import { firstText, textOrNull } from '../../lib/workOrder';

/** Kingdee's layers name the code and the text differently (sheet kingdee §4.1). */
const codeNames = ['errorCode', 'errcode', 'error_code', 'code'];
const textNames = ['message', 'description', 'error_desc', 'msg', 'data'];
const successCodes = new Set(['success', '0', '200']);

/** What to check about a code (sheet kingdee §4.2, §4.3); `step` may know better. */
const checks: Record<string, string> = {
	4003: 'Check Client ID.',
	4005: 'Check Client Secret: it does not belong to Client ID.',
	4006: 'Check the clock of this machine; it may be 5 minutes off at most.',
	4008: 'Check Client Secret.',
	4009: 'Enter the access token.',
	4010: 'Check Access Token: Kingdee does not know it.',
	4011: 'Access Token has expired. Get a new one and enter it.',
	4012: 'Ask on open.jdy.com for the permission to use this API.',
	5001: 'Check IDC Domain and API Address.',
	429: 'Kingdee allows 500 calls a minute. Wait a minute and try again.',
	11010001:
		'Group Name has changed. Look up the present groupName in the authorisation and enter it.',
	1020002008: 'Check Account ID and whether the app is still authorised.',
};

/** Codes that pass by themselves, and the ms after which another try makes sense (sheet kingdee §4.2, §5). */
const passing: Record<string, number> = {
	429: 60_000,
	500: 0,
	503: 0,
	504: 0,
	5000: 0,
	5003: 0,
	5004: 0,
	5005: 0,
	5006: 0,
	5007: 60_000,
};

const usualCheck = 'Check the values in the Kingdee credential.';

export function refused({ status, body }: SignInAnswer): boolean {
	const code = firstText(body, codeNames);
	return (
		status >= 400 || String(body.success) === 'false' || (code !== null && !successCodes.has(code))
	);
}

/** What Kingdee was asked for, and what to check about a code where that differs from the usual. */
export interface Step {
	readonly failure: string;
	/** What to check about a code of which nothing is known. */
	readonly usualCheck?: string;
	readonly checks?: Readonly<Record<string, string>>;
	/** Codes that another log-in does away with. */
	readonly passing?: readonly string[];
	/** Values sent or received on the way that may not be seen. */
	readonly secrets: readonly string[];
}

function codeOf(body: JsonObject, status: number): { name: string; value: string } {
	const name = codeNames.find((candidate) => textOrNull(body[candidate]) !== null);
	return name === undefined
		? { name: 'HTTP', value: String(status) }
		: { name, value: String(body[name]) };
}

/** The problem for an answer in which Kingdee refuses a step of the log-in. */
export function refusal({ status, body }: SignInAnswer, step: Step): SignInProblem {
	const code = codeOf(body, status);
	const text = redact(firstText(body, textNames) ?? 'no reason given', step.secrets);
	const check = step.checks?.[code.value] ?? checks[code.value] ?? step.usualCheck ?? usualCheck;
	return new SignInProblem(
		`${step.failure}: ${text} (${code.name} ${code.value}). ${check}`,
		`${code.name} ${code.value}`,
		step.passing?.includes(code.value) === true ? 0 : passing[code.value],
	);
}

/** The gateway answers plain text where it finds no route for the call (sheet kingdee §2.3d). */
export function plainAnswerCheck(status: number, text: string): string {
	if (status === 404 || /no route/i.test(text)) {
		return 'Check IDC Domain (404 No Route: it knows no such router) and API Address.';
	}
	if (status === 502) {
		return 'Check IDC Domain: the account set may have moved to another one (HTTP 502).';
	}
	return /signature/i.test(text) ? 'Check Client Secret.' : 'Check the API address.';
}
