import { hasLostDigits, ValueProblem } from '../../lib/ids';
import { isWritable, parseForSending } from '../../lib/json';
import { shown } from '../../lib/shown';
import { textTypes, type Component } from './components';

const singleChoices: ReadonlySet<string> = new Set(['radio', 'select']);
const multipleChoices: ReadonlySet<string> = new Set(['checked', 'selectMultiple']);

/** Number and title stand outside of the form; labels take no value (sheet weiban §3.8). */
const elsewhere: ReadonlySet<string> = new Set(['default-number', 'default-title']);

/** One field of a form as people fill it in. */
export interface FormField {
	/** Its title, which is unique in the form. */
	readonly key: string;
	readonly component: Component;
	/** Text, one choice, several choices, or what is not published and goes through as it is. */
	readonly kind: 'text' | 'choice' | 'choices' | 'other';
	/** Whether an empty one is refused. How a built-in one is filled is not published. */
	readonly isRequired: boolean;
}

/** What a field puts into `component_records`. */
export type FieldValue = { readonly value: string } | { readonly values: unknown };

function kindOf({ type }: Component): FormField['kind'] {
	if (textTypes.has(type)) return 'text';
	if (singleChoices.has(type)) return 'choice';
	return multipleChoices.has(type) ? 'choices' : 'other';
}

/** The fields of a template that a person fills in. */
export function formFields(components: readonly Component[]): FormField[] {
	const fillable = components.filter(
		({ componentId, type }) => type !== 'label' && !elsewhere.has(componentId),
	);
	return fillable.map((component) => {
		const { title, componentId, isRequired } = component;
		const isUnique = fillable.filter((other) => other.title === title).length === 1;
		return {
			key: isUnique && title !== '' ? title : `${title} (${componentId})`.trim(),
			component,
			kind: kindOf(component),
			isRequired: isRequired && !componentId.startsWith('default-'),
		};
	});
}

export function isBlank(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isBlank);
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

function isPlainValue(value: unknown): value is string | number | boolean {
	return ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function readText(value: unknown, { maxLength }: Component): string | ValueProblem {
	if (hasLostDigits(value)) {
		return new ValueProblem('is a number that has lost its last digits', 'Pass it as text.');
	}
	if (!isPlainValue(value)) {
		return new ValueProblem('is not text', 'Give one text, not a list or an object.');
	}
	const text = String(value);
	const length = [...text].length;
	return maxLength !== null && length > maxLength
		? new ValueProblem(
				`has ${length} characters, the template allows ${maxLength}`,
				'Shorten the text.',
			)
		: text;
}

/** JSON where it is JSON; undefined where it is not. */
function parsed(text: string): unknown {
	try {
		return /^\s*[[{]/.test(text) ? parseForSending(text) : undefined;
	} catch {
		return undefined;
	}
}

function entriesOf(value: unknown, { kind, component }: FormField): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string' || component.options?.includes(value.trim())) return [value];
	const list = parsed(value);
	if (Array.isArray(list)) return list;
	return kind === 'choices' ? value.split(/[,，、;；\n]/) : [value];
}

function readChoices(value: unknown, field: FormField): readonly string[] | ValueProblem {
	const { options } = field.component;
	const chosen: string[] = [];
	for (const entry of entriesOf(value, field).filter((one) => !isBlank(one))) {
		if (!isPlainValue(entry)) {
			return new ValueProblem('has an entry that is not text', 'Give the names of options.');
		}
		const name = String(entry).trim();
		const option = options === null ? name : options.find((one) => one.trim() === name);
		if (option === undefined) {
			return new ValueProblem(`has no option "${shown(name)}"`, `Use: ${options?.join(', ')}.`);
		}
		chosen.push(option);
	}
	return chosen;
}

/** Reads what a person gave for a field that is not blank. */
export function fieldValue(field: FormField, value: unknown): FieldValue | ValueProblem {
	if (field.kind === 'text') {
		const text = readText(value, field.component);
		return text instanceof ValueProblem ? text : { value: text };
	}
	if (field.kind === 'other') {
		// How such a component is filled is not published (sheet weiban §3.10).
		const given = typeof value === 'string' ? (parsed(value) ?? value) : value;
		if (!isWritable(given)) {
			return new ValueProblem('has no form in JSON', 'Give text, a number, or a list of them.');
		}
		return { values: typeof given === 'object' ? given : [given] };
	}
	const chosen = readChoices(value, field);
	return chosen instanceof ValueProblem ? chosen : { values: chosen };
}
