import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import type { JsonObject } from '../../../lib/json';
import { idOrNull, textOrNull } from '../../../lib/workOrder';
import { contains } from '../../../lib/textFilter';

/** What a person narrows a trigger down to; an empty list or text lets everything pass. */
export interface WorkOrderFilter {
	readonly handlers: readonly string[];
	/** Ids or titles. */
	readonly templates: readonly string[];
	/** In lower case. */
	readonly title: string;
}

const filterFields: INodeProperties[] = [
	{
		displayName: 'Handler IDs',
		name: 'handlers',
		type: 'string',
		default: '',
		placeholder: 'e.g. LiuYang, WangFang',
		description: 'Staff IDs, separated by commas',
	},
	{
		displayName: 'Templates',
		name: 'templates',
		type: 'string',
		default: '',
		placeholder: 'e.g. 62081, Complaint',
		description: 'IDs or whole titles of work-order templates, separated by commas',
	},
	{
		displayName: 'Title Keyword',
		name: 'title',
		type: 'string',
		default: '',
		description: 'Text that the title contains, in upper or lower case',
	},
];

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: filterFields,
};

export function filterFrom(filters: Fields): WorkOrderFilter {
	return {
		handlers: filters.names('handlers'),
		templates: filters.names('templates'),
		title: filters.optionalText('title')?.trim().toLowerCase() ?? '',
	};
}

/** Whether a change of a work order can bring it into the filter: its template stays what it was. */
export function canBeEntered({ handlers, title }: WorkOrderFilter): boolean {
	return handlers.length > 0 || title !== '';
}

/** Whether a list row or a full record passes; where it lacks a field, the field does not count. */
export function passes(record: JsonObject, { handlers, templates, title }: WorkOrderFilter) {
	const knows = (name: string) => record[name] !== undefined;
	const handler = idOrNull(record.handler_id) ?? '';
	const template = [textOrNull(record.template_id), textOrNull(record.template_title)];
	return (
		(handlers.length === 0 || !knows('handler_id') || handlers.includes(handler)) &&
		(templates.length === 0 ||
			!knows('template_id') ||
			templates.some((entry) => template.includes(entry))) &&
		(!knows('title') || contains(textOrNull(record.title), title))
	);
}
