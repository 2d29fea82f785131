import { listingFields } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { spanFields, spanOf } from '../../filters';
import { listedRows } from '../../listing';
import { templateRowOutput, toTemplateRow } from '../../template';

/** GET /open-api/workorder/template/list (sheet weiban §3.8); ends with a short page: a total is not documented. */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many templates',
		description: 'Get a list of the templates that work orders are made of',
	},
	fields: [
		...listingFields,
		...templateRowOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: spanFields('Weiban does not say which time of the template counts.'),
		},
	],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, templateRowOutput, toTemplateRow);
		return await listedRows(item, 'templateList', spanOf(item.fields.group('filters')), shape);
	},
};
