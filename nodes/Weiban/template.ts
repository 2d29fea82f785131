import type { JsonObject } from '../../lib/json';
import { outputChoice } from '../../lib/output';
import { isoFromSeconds, type IsoTime } from '../../lib/time';
import { textOrNull } from '../../lib/workOrder';
import { componentsOf, type Component } from './components';

/** A template as the list shows it. */
export interface TemplateRow {
	readonly id: string | null;
	readonly title: string | null;
	/** "regular" or "automated"; another type as Weiban writes it. */
	readonly type: string | null;
	/** Its values are not published. */
	readonly status: string | null;
	/** How many work orders were made of it. */
	readonly workOrderCount: number | null;
	readonly updatedAt: IsoTime | null;
}

/** A template with its form. */
export interface Template {
	readonly id: string | null;
	readonly title: string | null;
	readonly permissionType: string | null;
	readonly showsFlow: boolean | null;
	readonly isEvaluated: boolean | null;
	readonly components: Component[];
}

const types: Readonly<Record<string, string>> = { '1': 'regular', '2': 'automated' };

const flagOrNull = (value: unknown) => (typeof value === 'boolean' ? value : null);

export function toTemplateRow(row: JsonObject): TemplateRow {
	const type = textOrNull(row.template_type);
	return {
		id: textOrNull(row.id),
		title: textOrNull(row.title),
		type: types[type ?? ''] ?? type,
		status: textOrNull(row.status),
		workOrderCount: typeof row.count === 'number' ? row.count : null,
		updatedAt: isoFromSeconds(row.updated_at),
	};
}

export function toTemplate(detail: JsonObject): Template {
	return {
		id: textOrNull(detail.id),
		title: textOrNull(detail.title),
		permissionType: textOrNull(detail.permission_type),
		showsFlow: flagOrNull(detail.is_flow_view),
		isEvaluated: flagOrNull(detail.is_evaluate),
		components: componentsOf(detail),
	};
}

export const templateRowOutput = outputChoice(
	[
		'id',
		'title',
		'type',
		'status',
		'workOrderCount',
		'updatedAt',
	] as const satisfies readonly (keyof TemplateRow)[],
	'Six fields: names and times with their zone',
);

export const templateOutput = outputChoice(
	[
		'id',
		'title',
		'permissionType',
		'showsFlow',
		'isEvaluated',
		'components',
	] as const satisfies readonly (keyof Template)[],
	'Six fields, among them the components of the form with their options',
);
