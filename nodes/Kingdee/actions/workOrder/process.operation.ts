import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../../lib/fields';
import { locatorField } from '../../../../lib/locator';
import type { OperationOnItem } from '../../../../lib/operation';
import { outputChoice, shaper } from '../../../../lib/output';
import { textOrNull } from '../../../../lib/workOrder';
import {
	handleOrderBody,
	processed,
	statusNames,
	type Handling,
	type HandlingStatus,
} from '../../handling';
import { callKingdee } from '../../transport';
import { departmentLocator, staffLocator } from '../locators';
import { photosField, photosIn, uploadPhotos } from '../photos';
import { workOrderField, workOrderId, workOrderKey, workOrderNumber } from '../workOrderField';

const statuses = Object.keys(statusNames) as HandlingStatus[];

function idField(displayName: string, name: string, example: string, description: string) {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${example}`,
		description,
	} satisfies INodeProperties;
}

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			description: 'Where the work was done (handleAddress)',
		},
		{
			displayName: 'Entity',
			name: 'entity',
			type: 'string',
			default: '',
			description: 'Identifier of the bill (entity); Kingdee leaves it empty',
		},
		{
			displayName: 'Handling Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'What was done, as free text (clsmid)',
		},
		{
			displayName: 'Latitude',
			name: 'latitude',
			type: 'string',
			default: '',
			placeholder: 'e.g. 32.0603',
			description: 'Of the place of work (lat)',
		},
		{
			displayName: 'Longitude',
			name: 'longitude',
			type: 'string',
			default: '',
			placeholder: 'e.g. 118.7969',
			description: 'Of the place of work (lgt)',
		},
		{
			displayName: 'Other Handlers',
			name: 'otherHandlers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Handler',
			default: {},
			description: 'Who else worked on it (labs)',
			options: [
				{
					displayName: 'Handler',
					name: 'handler',
					values: [
						// No form of an ID: an expression or text by ID may give several.
						locatorField({
							displayName: 'Other Handler',
							name: 'otherHandlerId',
							description: 'By ID also several, as a list or separated by commas',
							list: 'searchStaff',
							example: '2234984992394486784',
						}),
					],
				},
			],
		},
		{
			displayName: 'Page Index',
			name: 'pageIndex',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'Current page (pageindex); not sent unless added here',
		},
		{
			displayName: 'Page Size',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 20,
			description: 'Rows per page (pagesize); not sent unless added here',
		},
		photosField('Photos After', 'photosAfter', 'Photos taken afterwards (attmentInforsafter)'),
		photosField('Photos Before', 'photosBefore', 'Photos taken beforehand (attmentInforspre)'),
		{
			displayName: 'Working Hours',
			name: 'workingHours',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description: 'Time worked, in hours (diff)',
		},
	],
};

const DECIMAL = /^-?\d+(\.\d+)?$/;

function progressIn(fields: Fields): string {
	const progress = fields.text('progress').trim();
	if (!DECIMAL.test(progress)) {
		return fields.refuse('progress', `is not a number: "${progress}"`, 'Enter 0 or more.');
	}
	return progress.startsWith('-')
		? fields.refuse('progress', `is below 0: "${progress}"`, 'Enter 0 or more.')
		: progress;
}

/** What the form says: all of a handling but what Kingdee has to be asked for. */
type Entered = Omit<Handling, 'id' | 'orderNo' | 'photosBefore' | 'photosAfter'>;

function enteredIn(fields: Fields): Entered {
	const more = fields.group('additionalFields');
	const start = fields.instant('handlingStart');
	const end = fields.instant('handlingEnd');
	if (end < start) {
		fields.refuse('handlingEnd', 'lies before Handling Start', 'Exchange or correct the two.');
	}
	return {
		status: fields.choice('status', statuses),
		start,
		end,
		handlerId: fields.integerId('handlerId'),
		departmentId: fields.integerId('departmentId'),
		progress: progressIn(fields),
		problemCauseId: fields.integerId('problemCauseId'),
		schemeId: fields.integerId('schemeId'),
		resultId: fields.integerId('resultId'),
		entity: more.optionalText('entity') ?? '',
		note: more.optionalText('note') ?? '',
		workingHours: more.optionalNumber('workingHours'),
		otherHandlerIds: more
			.rows('otherHandlers', 'handler')
			.flatMap((row) => row.integerIds('otherHandlerId')),
		latitude: more.optionalText('latitude') ?? '',
		longitude: more.optionalText('longitude') ?? '',
		address: more.optionalText('address') ?? '',
		pageIndex: more.optionalCount('pageIndex', 1),
		pageSize: more.optionalCount('pageSize', 1),
	};
}

const output = outputChoice(
	[
		'id',
		'orderNo',
		'handled',
		'status',
		'statusName',
		'handlingStart',
		'handlingEnd',
		'message',
	] as const satisfies readonly (keyof ReturnType<typeof processed>)[],
	'The work order and what was recorded about it',
);

/** POST /weigusoft/wg_crm/wg_handleBillBusinessApi, flag handle-order (seed kingdee). */
export const operation: OperationOnItem = {
	option: {
		name: 'Process',
		action: 'Process a work order',
		description: 'Record who handled a service work order, when, how and with which result',
	},
	fields: [
		workOrderField,
		{
			displayName: 'Work Order Number',
			name: 'orderNo',
			type: 'string',
			default: '',
			placeholder: 'e.g. fwgs-20250605-00000001',
			description:
				'Number of the same work order (orderNo). Where it is empty, one request more looks it up.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: statuses.map((status) => ({ name: statusNames[status], value: status })),
			default: 'F',
			required: true,
			description: 'State of the repair: F, H or G (wxztid and combofield)',
		},
		{
			displayName: 'Handling Start',
			name: 'handlingStart',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				'When the work began (handlesdate). A time without zone is read in the time zone of the workflow, in the form 2025-07-17 08:11:41 as China time.',
		},
		{
			displayName: 'Handling End',
			name: 'handlingEnd',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				'When the work ended (handleedate). A time without zone is read as that of Handling Start.',
		},
		staffLocator({
			displayName: 'Handler',
			name: 'handlerId',
			description: 'The person who did the work (handlemanid)',
			example: '1697009251337127936',
		}),
		departmentLocator({
			displayName: 'Department',
			name: 'departmentId',
			description: 'The department that did it (handledeptid)',
			example: '1697221606960547840',
		}),
		{
			displayName: 'Completion Progress',
			name: 'progress',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 2',
			description: 'A number from 0 up (processid); Kingdee does not say in which unit',
		},
		idField(
			'Problem Cause ID',
			'problemCauseId',
			'1895123256688528389',
			'ID of the cause of the problem (wtyyid)',
		),
		idField(
			'Handling Scheme ID',
			'schemeId',
			'1895123523051994117',
			'ID of the way of handling (clfaid)',
		),
		idField('Handling Result ID', 'resultId', '2028468841138471936', 'ID of the outcome (cljgid)'),
		additionalFields,
		...output.fields,
	],
	run: async (item) => {
		const { fields } = item;
		const key = workOrderKey(item);
		let id = 'id' in key ? key.id : undefined;
		let orderNo = fields.optionalText('orderNo')?.trim();
		const entered = enteredIn(fields);
		const photos = fields.group('additionalFields');
		const before = photosIn(item, photos, 'photosBefore');
		const after = photosIn(item, photos, 'photosAfter');
		const shape = shaper(fields, output, ({ data }) =>
			processed({ ...entered, id, orderNo }, textOrNull(data)),
		);

		id ??= await workOrderId(item, key);
		orderNo ??= await workOrderNumber(item, key);
		// Last of all: an uploaded file that no record takes over expires (sheet kingdee §3.2).
		const photosBefore = await uploadPhotos(item, before);
		const photosAfter = await uploadPhotos(item, after);
		const body = handleOrderBody({ ...entered, id, orderNo, photosBefore, photosAfter });
		return shape(await callKingdee(item, 'handleWorkOrder', { body }));
	},
};
