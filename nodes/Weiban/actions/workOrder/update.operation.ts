import { idAsNumber, toIntegerId, ValueProblem } from '../../../../lib/ids';
import { objectsIn, type JsonObject } from '../../../../lib/json';
import type { Item, OperationOnItem } from '../../../../lib/operation';
import { textOrNull } from '../../../../lib/workOrder';
import { filledForm, formField, isFormFilled, type FilledField } from '../../filledForm';
import { fitting, LONGEST } from '../../lengths';
import { orderNoField, templateField } from '../../locators';
import { actingStaffField, contentOf, pictureField } from '../../remark';
import { callWeiban } from '../../transport';
import { templateComponents } from '../../transport/templateDetail';
import { askedWorkOrder } from '../../transport/workOrderDetail';

/**
 * The change of one component record. `component_record_id` is the id of the record in the detail
 * answer (sheet weiban §3.7); a record bears the title and one of the two ids of its component.
 */
function changeOf(item: Item, order: JsonObject, { field, value }: FilledField): object {
	const { title, id, componentId } = field.component;
	const titled = objectsIn(order.work_order_component_record_list).filter(
		(record) => textOrNull(record.title) === title,
	);
	const same = titled.filter((record) =>
		[id, componentId].includes(textOrNull(record.component_id) ?? ''),
	);
	const [record, ...others] = titled.length > 1 ? same : titled;
	const recordId = toIntegerId(record?.id);
	if (recordId instanceof ValueProblem || others.length > 0) {
		return item.fields.refuse(
			'form',
			`field "${field.key}" is not filled in in the work order`,
			'Weiban changes only fields that the work order has. Take the field out.',
		);
	}
	return { ...value, component_record_id: idAsNumber(recordId) };
}

/** Reads the work order and its template: only they say which record a field is, and what it takes. */
async function changedRecords(item: Item): Promise<object[]> {
	const order = await askedWorkOrder(item);
	const templateId = textOrNull(order.template_id) ?? '';
	const chosen = item.fields.optionalIntegerId('templateId') ?? templateId;
	if (chosen !== templateId) {
		item.fields.refuse(
			'templateId',
			`is ${chosen}, but the work order is of template ${templateId}`,
			`Choose "${textOrNull(order.template_title) ?? templateId}".`,
		);
	}
	const components = await templateComponents(item, templateId);
	return filledForm(item, components, 'update').map((entry) => changeOf(item, order, entry));
}

/** POST /open-api/workorder/update (sheet weiban §3.7), by its table; the sample contradicts it. */
export const operation: OperationOnItem = {
	option: {
		name: 'Update',
		action: 'Update a work order',
		description: 'Change the title, the description or the form of a work order',
	},
	fields: [
		orderNoField,
		actingStaffField('The member of staff who changes the work order'),
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			description: `Up to ${LONGEST.title} characters. Stays as it is where this is empty.`,
		},
		{
			displayName: 'Description',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: `Up to ${LONGEST.text} characters. Stays as it is where this is empty.`,
		},
		templateField('The template of the work order; its fields appear under Form', false),
		formField(
			'getFormToUpdate',
			'The fields to change. Those without a value stay as they are; Weiban does not let a field be emptied.',
		),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [pictureField],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const orderNo = fields.integerId('orderNo');
		const title = fields.optionalText('title');
		const body = {
			order_no: orderNo,
			staff_id: fields.text('staffId').trim(),
			title: title && fitting(fields, 'title', title),
			content: contentOf(fields, fields.group('additionalFields')),
		};
		const hasForm = isFormFilled(item);
		if (!hasForm && (body.title ?? body.content) === undefined) {
			fields.refuse('title', 'is empty', 'Enter a title, a description or a field of the form.');
		}
		await callWeiban(item, 'workOrderUpdate', {
			...body,
			component_records: hasForm ? await changedRecords(item) : undefined,
		});
		return { success: true, id: orderNo };
	},
};
