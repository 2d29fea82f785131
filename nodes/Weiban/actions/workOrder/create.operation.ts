import type { Fields } from '../../../../lib/fields';
import { idAsNumber } from '../../../../lib/ids';
import type { OperationOnItem } from '../../../../lib/operation';
import { textOrNull } from '../../../../lib/workOrder';
import { filledForm, formField, type FilledField } from '../../filledForm';
import { fitting, LONGEST } from '../../lengths';
import { customerField, groupChatField, staffField, templateField } from '../../locators';
import { contentOf, copiedOf, copyToField, pictureField } from '../../remark';
import { callWeiban } from '../../transport';
import { templateComponents } from '../../transport/templateDetail';

const DEPRECATED =
	'One published version of the Weiban documents marks the creation of work orders as deprecated (已废弃) and names no successor. It may stop working.';

/** Which of two ids of a component create wants is not published (sheet weiban §3.8). */
const componentIds = ['config', 'component'] as const;

function recordOf({ field, value }: FilledField, place: number, source: string): object {
	const { component } = field;
	return {
		sort: component.sort ?? place,
		title: component.title,
		...value,
		component_id: source === 'config' ? component.componentId : component.id,
	};
}

function relationOf(fields: Fields): { relation_type: 1 | 2; relation_id: string } {
	const type = fields.choice('relationType', [1, 2] as const);
	const field = type === 1 ? 'customerId' : 'groupChatId';
	return { relation_type: type, relation_id: fields.text(field).trim() };
}

/** POST /open-api/workorder/create (sheet weiban §3.7), after a look at the template. */
export const operation: OperationOnItem = {
	option: {
		name: 'Create',
		action: 'Create a work order',
		description:
			"Open a work order with the form of its template. Deprecated in one published version of Weiban's documents.",
	},
	fields: [
		templateField('The template of the work order; its fields appear under Form', true),
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			description: `Up to ${LONGEST.title} characters`,
		},
		{
			displayName: 'Related To',
			name: 'relationType',
			type: 'options',
			default: 1,
			description: 'Whom the work order is about',
			options: [
				{ name: 'Customer', value: 1 },
				{ name: 'Group Chat', value: 2 },
			],
		},
		{ ...customerField, displayOptions: { show: { relationType: [1] } } },
		{ ...groupChatField, displayOptions: { show: { relationType: [2] } } },
		staffField('Creator', 'staffId', 'The member of staff who opens the work order', true),
		staffField(
			'Handler',
			'handlerId',
			'The member of staff who gets it. Weiban does not say who does where this is empty.',
			false,
		),
		{
			displayName: 'Description',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: `What it is about, up to ${LONGEST.text} characters`,
		},
		formField(
			'getForm',
			'The fields of the template. Fields of a kind that Weiban does not describe go out as they are.',
		),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Chat Records',
					name: 'chatRecords',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Record' },
					default: [],
					description: 'Texts of msg_list, whose form Weiban does not describe further',
				},
				copyToField,
				pictureField,
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Component ID',
					name: 'componentId',
					type: 'options',
					default: 'config',
					description:
						'Which ID of a field is sent as component_id. Change it where Weiban answers 22310.',
					options: [
						{
							name: 'Of the Component',
							value: 'component',
							description: "The component's own ID in the template",
						},
						{
							name: 'Of the Configuration',
							value: 'config',
							description: "The component_id in the component's configuration",
						},
					],
				},
			],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const additional = fields.group('additionalFields');
		const templateId = fields.integerId('templateId');
		const records = additional.texts('chatRecords');
		const source = fields.group('options').optionalChoice('componentId', componentIds) ?? 'config';
		const body = {
			template_id: idAsNumber(templateId),
			title: fitting(fields, 'title', fields.text('title')),
			content: contentOf(fields, additional),
			...relationOf(fields),
			handler_id: fields.optionalText('handlerId')?.trim(),
			msg_list: records.length === 0 ? undefined : records,
			cc_list: copiedOf(additional),
			staff_id: fields.text('staffId').trim(),
		};
		const form = filledForm(item, await templateComponents(item, templateId), 'create');
		const answer = await callWeiban(item, 'workOrderCreate', {
			...body,
			component_records:
				form.length === 0 ? undefined : form.map((entry, index) => recordOf(entry, index, source)),
		});
		item.hint(DEPRECATED);
		return { success: true, id: textOrNull(answer.order_no) };
	},
};
