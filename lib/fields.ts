import type { INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';

import { fieldError, type Place } from './errors';
import { hasLostDigits, toIntegerId, toUuid, ValueProblem, type IntegerId, type Uuid } from './ids';
import { isPlainObject, isWritable, parseForSending, type JsonObject } from './json';
import { shown } from './shown';
import { toInstant, type EpochMs } from './time';

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** What n8n makes of a date inside a collection that is none (n8n 2.41, cleanup-parameter-data). */
const INVALID_DATE = 'Invalid DateTime';

/** A surrogate without its other half, which no address can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** People separate entries with commas, Chinese commas, spaces or lines. */
function separated(text: string): string[] {
	return text.split(/[\s,，、]+/).filter((part) => part !== '');
}

/** A field of the operation, looked for inside their collections, too. */
function fieldIn(fields: readonly INodeProperties[], name: string): INodeProperties | undefined {
	for (const field of fields) {
		if (field.name === name) return field;
		const inner = (field.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'displayName' in option ? [option] : [],
		);
		const found = fieldIn(inner, name);
		if (found !== undefined) return found;
	}
	return undefined;
}

function isLocated(value: unknown): value is INodeParameterResourceLocator {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

/**
 * Reads what a person entered into one group of fields of one item. Every method answers the value in
 * its exact type or throws a NodeOperationError that names the field.
 */
export class Fields {
	private readonly place: Place;
	private readonly description: readonly INodeProperties[];
	private readonly zone: string;
	private readonly entered: (name: string) => unknown;

	constructor(
		place: Place,
		description: readonly INodeProperties[],
		zone: string,
		entered: (name: string) => unknown,
	) {
		this.place = place;
		this.description = description;
		this.zone = zone;
		this.entered = entered;
	}

	/** The value as n8n gives it; of a resource locator the id. */
	raw(name: string): unknown {
		return this.read(name);
	}

	/** How a resource locator is filled in ("list", "id", "url"); undefined for any other value. */
	mode(name: string): string | undefined {
		const value = this.entered(name);
		return isLocated(value) ? value.mode : undefined;
	}

	has(name: string): boolean {
		return !isBlank(this.read(name));
	}

	/** Ends the item with an error that names this field. */
	refuse(name: string, problem: string, advice: string): never {
		throw fieldError(this.place, this.label(name), new ValueProblem(problem, advice));
	}

	text(name: string): string {
		const text = this.optionalText(name);
		return text ?? this.refuse(name, 'is empty', 'Enter a value.');
	}

	optionalText(name: string): string | undefined {
		const value = this.read(name);
		if (isBlank(value)) return undefined;
		if (hasLostDigits(value)) return this.checked(name, toIntegerId(value));
		if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
		if (value === INVALID_DATE) {
			return this.refuse(name, 'is a date that does not exist', 'Check the expression for it.');
		}
		if (typeof value !== 'string') {
			const advice = 'Pick one text value, not a list or an object.';
			return this.refuse(name, `is not text: "${shown(value)}"`, advice);
		}
		if (HALF_CHARACTER.test(value)) {
			return this.refuse(
				name,
				'has half a character',
				'Enter the text again, or cut it elsewhere.',
			);
		}
		return value.trim() === '' ? undefined : value;
	}

	integerId(name: string): IntegerId {
		return this.checked(name, toIntegerId(this.read(name)));
	}

	optionalIntegerId(name: string): IntegerId | undefined {
		return this.has(name) ? this.integerId(name) : undefined;
	}

	/** Ids from a list, or from text separated by commas or white space. */
	integerIds(name: string): IntegerId[] {
		const value = this.read(name);
		if (isBlank(value)) return [];
		const entries: unknown[] = Array.isArray(value)
			? value
			: typeof value === 'string'
				? separated(value)
				: [value];
		return entries.map((entry) => this.checked(name, toIntegerId(entry)));
	}

	uuid(name: string): Uuid {
		return this.checked(name, toUuid(this.read(name)));
	}

	optionalUuid(name: string): Uuid | undefined {
		return this.has(name) ? this.uuid(name) : undefined;
	}

	/** A date and time; without an offset it is read in the workflow's time zone. */
	instant(name: string): EpochMs {
		return this.checked(name, toInstant(this.read(name), this.zone));
	}

	optionalInstant(name: string): EpochMs | undefined {
		return this.has(name) ? this.instant(name) : undefined;
	}

	number(name: string): number {
		const value = this.read(name);
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isFinite(number)) {
			return this.refuse(name, `is not a number: "${shown(value)}"`, 'Enter a number.');
		}
		return number;
	}

	optionalNumber(name: string): number | undefined {
		return this.has(name) ? this.number(name) : undefined;
	}

	/** A whole number from `least` up, to `most` where that is given. */
	count(name: string, least: number, most = Infinity): number {
		const number = this.number(name);
		if (!Number.isSafeInteger(number) || number < least) {
			return this.refuse(
				name,
				`is not a whole number from ${least} up: "${number}"`,
				`Enter ${least} or more.`,
			);
		}
		return number <= most
			? number
			: this.refuse(name, `is above ${most}: "${number}"`, `Enter ${least} to ${most}.`);
	}

	optionalCount(name: string, least: number, most?: number): number | undefined {
		return this.has(name) ? this.count(name, least, most) : undefined;
	}

	flag(name: string): boolean {
		const value = this.read(name);
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 1 || value === '1') return true;
		if (isBlank(value) || value === 'false' || value === 0 || value === '0') return false;
		return this.refuse(
			name,
			`is neither true nor false: "${shown(value)}"`,
			'Enter true or false.',
		);
	}

	optionalFlag(name: string): boolean | undefined {
		return this.has(name) ? this.flag(name) : undefined;
	}

	/** One of the values of a list; an expression can yield anything else. */
	choice<T extends string | number>(name: string, allowed: readonly T[]): T {
		const value = this.read(name);
		const found = ['string', 'number'].includes(typeof value)
			? allowed.find((option) => String(option) === String(value))
			: undefined;
		return (
			found ??
			this.refuse(name, `has no option "${shown(value)}"`, `Use one of: ${allowed.join(', ')}.`)
		);
	}

	/** Several of the values of a list: picked ones, or text separated by commas or white space. */
	choices<T extends string>(name: string, allowed: readonly T[]): T[] {
		const given = this.texts(name);
		const unknown = given.find((text) => !allowed.some((option) => option === text));
		if (unknown === undefined) return given as T[];
		return this.refuse(
			name,
			`has no option "${shown(unknown)}"`,
			`Use some of: ${allowed.join(', ')}.`,
		);
	}

	/** Texts from a list, or from one text separated by commas or white space. */
	texts(name: string): string[] {
		const value = this.read(name);
		if (isBlank(value)) return [];
		if (!Array.isArray(value)) return separated(this.text(name));
		return value.map((entry) =>
			typeof entry === 'string' && entry.trim() !== ''
				? entry.trim()
				: this.refuse(name, 'has an entry that is not text', 'Give a list of texts.'),
		);
	}

	/** Names, which may hold spaces: from a list, or from one text separated by commas. */
	names(name: string): string[] {
		const value = this.read(name);
		const entries: unknown[] = Array.isArray(value)
			? value
			: (this.optionalText(name) ?? '').split(/[,，]/);
		return entries
			.map((entry) =>
				typeof entry === 'string' || Number.isSafeInteger(entry)
					? String(entry).trim()
					: this.refuse(name, 'has an entry that is not text', 'Give a list of texts.'),
			)
			.filter((entry) => entry !== '');
	}

	/** A JSON object, as text or as n8n hands it over; its numbers keep every digit when it is sent. */
	jsonObject(name: string): JsonObject {
		const value = this.read(name);
		let parsed: unknown = value;
		try {
			if (typeof value === 'string') parsed = parseForSending(value);
		} catch {
			return this.refuse(name, 'is not JSON', 'Enter an object such as {"key": "value"}.');
		}
		if (isPlainObject(parsed) && isWritable(parsed)) return parsed as JsonObject;
		return this.refuse(name, 'is not a JSON object', 'Enter an object such as {"key": "value"}.');
	}

	optionalChoice<T extends string | number>(name: string, allowed: readonly T[]): T | undefined {
		return this.has(name) ? this.choice(name, allowed) : undefined;
	}

	/** The fields inside a collection. */
	group(name: string): Fields {
		const value = this.read(name);
		return this.over(isBlank(value) ? {} : this.plain(name, value));
	}

	/** The rows of a fixed collection; `row` is the name of the row inside it. */
	rows(name: string, row: string): Fields[] {
		const value = this.read(name);
		if (isBlank(value)) return [];
		const rows = this.plain(name, value)[row];
		if (isBlank(rows)) return [];
		if (!Array.isArray(rows)) {
			return this.refuse(name, 'is not a list of rows', 'Add the rows in the node, or map a list.');
		}
		return rows.map((entry: unknown) => this.over(this.plain(name, entry)));
	}

	private plain(name: string, value: unknown): Readonly<Record<string, unknown>> {
		if (isPlainObject(value)) return value;
		const advice = 'Add the fields in the node, or map an object.';
		return this.refuse(name, `does not hold fields: "${shown(value)}"`, advice);
	}

	private over(values: Readonly<Record<string, unknown>>): Fields {
		return new Fields(this.place, this.description, this.zone, (name) =>
			Object.hasOwn(values, name) ? values[name] : undefined,
		);
	}

	private label(name: string): string {
		return fieldIn(this.description, name)?.displayName ?? name;
	}

	private read(name: string): unknown {
		const value = this.entered(name);
		return isLocated(value) ? this.locatedId(name, value) : value;
	}

	/** What a resource locator points at: an address holds the id where its mode's pattern says. */
	private locatedId(name: string, { mode, value }: INodeParameterResourceLocator): unknown {
		const { modes = [] } = fieldIn(this.description, name) ?? {};
		const pattern = modes.find((one) => one.name === mode)?.extractValue?.regex;
		if (pattern === undefined || typeof value !== 'string' || isBlank(value)) return value;
		const id = new RegExp(pattern).exec(value)?.[1];
		return (
			id ??
			this.refuse(
				name,
				`has no ID in the address "${shown(value)}"`,
				'Copy the address of its page again.',
			)
		);
	}

	private checked<T>(name: string, value: T | ValueProblem): T {
		if (value instanceof ValueProblem) throw fieldError(this.place, this.label(name), value);
		return value;
	}
}
