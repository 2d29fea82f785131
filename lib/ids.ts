import { bareInteger, type BareInteger } from './json';
import { shown } from './shown';

/** Decimal digits of a 64-bit id: "1471808049579560960". Never a number. */
export type IntegerId = string & { readonly __kind: 'IntegerId' };

/** A standard UUID: "24066b93-bbab-4d41-9321-bf7e8ce40bd2". */
export type Uuid = string & { readonly __kind: 'Uuid' };

const LARGEST_INT64 = 9223372036854775807n;
const DIGITS = /^\d+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is wrong with a value, in words that follow the name of its field. */
export class ValueProblem {
	readonly problem: string;
	readonly advice: string;

	constructor(problem: string, advice: string) {
		this.problem = problem;
		this.advice = advice;
	}
}

/** Whether a value is a whole number of which JavaScript has rounded the last digits away. */
export function hasLostDigits(value: unknown): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Accepts digits as text and safe whole numbers; refuses a number that has already lost digits. */
export function toIntegerId(value: unknown): IntegerId | ValueProblem {
	if (hasLostDigits(value)) {
		return new ValueProblem(
			'is a number above 2^53 and has already lost its last digits',
			'Pass the id as text: put it in quotes where it is first typed or read, and do not convert it to a number on the way.',
		);
	}
	const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
	if (text === '' || text === undefined || text === null) {
		return new ValueProblem('is empty', 'Enter the id, for example one from an earlier node.');
	}
	const digits = typeof text === 'string' ? text.trim() : '';
	if (!DIGITS.test(digits)) {
		return new ValueProblem(
			`is not a whole number: "${shown(value)}"`,
			'Enter the digits of the id only.',
		);
	}
	if (BigInt(digits) > LARGEST_INT64) {
		return new ValueProblem(
			`is longer than a 64-bit id: "${shown(value)}"`,
			'Check whether two ids were pasted together.',
		);
	}
	return digits as IntegerId;
}

/** Accepts a UUID in its standard form of 8-4-4-4-12 hex digits. */
export function toUuid(value: unknown): Uuid | ValueProblem {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return new ValueProblem('is empty', 'Enter the id, a standard UUID.');
	if (!UUID.test(text)) {
		return new ValueProblem(
			`is not a standard UUID: "${shown(value)}"`,
			'A UUID looks like 24066b93-bbab-4d41-9321-bf7e8ce40bd2.',
		);
	}
	return text as Uuid;
}

/** An id for a JSON body that wants a number: its digits, unquoted and complete. */
export function idAsNumber(id: IntegerId): BareInteger {
	// JSON allows no leading zeros.
	return bareInteger(BigInt(id).toString());
}
