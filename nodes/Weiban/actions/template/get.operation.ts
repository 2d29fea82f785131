import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { templateField } from '../../locators';
import { templateOutput, toTemplate } from '../../template';
import { readTemplate } from '../../transport/templateDetail';

/** GET /open-api/workorder/template/detail (sheet weiban §3.8). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a template',
		description: 'Get one template with the components of its form',
	},
	fields: [templateField('The template, by title or ID', true), ...templateOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, templateOutput, toTemplate);
		const id = item.fields.integerId('templateId');
		const template = await readTemplate(item, id);
		return template === undefined
			? item.fields.refuse('templateId', `has no template in Weiban's answer: "${id}"`, 'Check it.')
			: shape(template);
	},
};
