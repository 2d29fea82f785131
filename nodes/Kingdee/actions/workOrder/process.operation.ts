import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../../lib/fields';
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
import { photosField, photosIn } from '../photos';

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
						{
							displayName: 'Other Handler ID',
							name: 'otherHandlerId',
							type: 'string',
							default: '',
							placeholder: 'e.g. 2234984992394486784',
							description: 'One ID, or several as a list or separated by commas',
						},
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

function handlingIn(fields: Fields): Handling {
	const more = fields.group('additionalFields');
	const start = fields.instant('handlingStart');
	const end = fields.instant('handlingEnd');
	if (end < start) {
		fields.refuse('handlingEnd', 'lies before Handling Start', 'Exchange or correct the two.');
	}
	return {
		id: fields.integerId('id'),
		orderNo: fields.text('orderNo').trim(),
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
		photosBefore: photosIn(more, 'photosBefore'),
		photosAfter: photosIn(more, 'photosAfter'),
		pageIndex: more.has('pageIndex') ? more.count('pageIndex', 1) : undefined,
		pageSize: more.has('pageSize') ? more.count('pageSize', 1) : undefined,
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
		idField(
			'Work Order ID',
			'id',
			'2230413444614467584',
			'ID of the service work order (id). Keep it as text: numbers lose digits.',
		),
		{
			displayName: 'Work Order Number',
			name: 'orderNo',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. fwgs-20250605-00000001',
			description: 'Number of the same work order (orderNo)',
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
			description: 'When the work ended (handleedate), in the same forms',
		},
		idField(
			'Handler ID',
			'handlerId',
			'1697009251337127936',
			'ID of the person who did the work (handlemanid)',
		),
		idField(
			'Department ID',
			'departmentId',
			'1697221606960547840',
			'ID of the department that did it (handledeptid)',
		),
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
		const handling = handlingIn(item.fields);
		const shape = shaper(item.fields, output, ({ data }) => processed(handling, textOrNull(data)));
		const answer = await callKingdee(item, 'handleWorkOrder', handleOrderBody(handling));
		return shape(answer);
	},
};
