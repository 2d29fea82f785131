import { isJsonObject, objectsIn, type JsonObject, type JsonValue } from '../../lib/json';
import { textOrNull } from '../../lib/workOrder';

/** A component of a template: one field of its form (sheet weiban §3.8). */
export interface Component {
	/** `component_list[].id`; the other one where Weiban gives none. */
	readonly id: string;
	/** `config.component_id`, "default-…" for a built-in one; the other one where Weiban gives none. */
	readonly componentId: string;
	readonly title: string;
	/** As published: input, textarea, select, selectMultiple, radio, checked, file, label. */
	readonly type: string;
	readonly sort: number | null;
	readonly isRequired: boolean;
	/** Characters. */
	readonly maxLength: number | null;
	/** Null where Weiban names none, or in a form that is not published. */
	readonly options: readonly string[] | null;
}

/** Types that fill `value` of a component record; the others fill `values` (sheet weiban §3.7). */
export const textTypes: ReadonlySet<string> = new Set(['input', 'textarea']);

/** A plain text, or an object that bears it as `option_name` (page api-9571473). */
function optionName(option: JsonValue): string | null {
	return textOrNull(isJsonObject(option) ? option.option_name : option);
}

function optionNames(list: JsonValue | undefined): readonly string[] | null {
	if (!Array.isArray(list) || list.length === 0) return null;
	const names = list.map(optionName).filter((name) => name !== null);
	return names.length === list.length ? names : null;
}

function numberOrNull(value: JsonValue | undefined): number | null {
	return typeof value === 'number' ? value : null;
}

function readComponent(component: JsonObject): Component {
	const config = isJsonObject(component.config) ? component.config : {};
	const id = textOrNull(component.id);
	const componentId = textOrNull(config.component_id);
	return {
		id: id ?? componentId ?? '',
		componentId: componentId ?? id ?? '',
		title: textOrNull(component.title) ?? '',
		type: textOrNull(component.type) ?? '',
		sort: numberOrNull(config.sort),
		isRequired: config.is_required === true,
		maxLength: numberOrNull(config.max_length),
		options: optionNames(config.option_list),
	};
}

/** The components of the template detail answer, in the order of the form. */
export function componentsOf(template: JsonObject): Component[] {
	return objectsIn(template.component_list)
		.map(readComponent)
		.sort((one, other) => (one.sort ?? 0) - (other.sort ?? 0));
}
