import { fileNameField } from '../../../../lib/inputFile';
import { objectsIn, type JsonObject, type JsonValue } from '../../../../lib/json';
import { OutputItem, type Item, type OperationOnItem } from '../../../../lib/operation';
import { idOrNull, textOrNull } from '../../../../lib/workOrder';
import { ticketIdField } from '../../fields';
import { downloadFile } from '../../transport/download';
import { askedTicket } from '../../transport/ticket';

/** A file of a ticket; what the vendor does not say is null. */
interface TicketFile {
	readonly ticketId: string | null;
	readonly name: string | null;
	/** Bytes. */
	readonly size: number | null;
	readonly type: string | null;
	/** Whom it was uploaded by. */
	readonly authorId: string | null;
	/** Whether it belongs to the ticket itself or to the troubleshooting. */
	readonly kind: 'ticket' | 'troubleshooting' | null;
}

interface Source {
	readonly file: TicketFile;
	readonly address: URL;
}

/** Only the web's own schemes are loaded. */
function webAddress(text: string | null): URL | undefined {
	if (text === null || !URL.canParse(text)) return undefined;
	const address = new URL(text);
	return ['https:', 'http:'].includes(address.protocol) ? address : undefined;
}

function filesOf(ticketId: string, record: JsonObject) {
	const files = (list: JsonValue | undefined, kind: TicketFile['kind']) =>
		objectsIn(list).map((file) => ({
			path: textOrNull(file.file_path),
			file: {
				ticketId,
				name: textOrNull(file.file_name),
				size: typeof file.file_size === 'number' ? file.file_size : null,
				type: textOrNull(file.file_type),
				authorId: idOrNull(file.author),
				kind,
			},
		}));
	return [
		...files(record.attachment, 'ticket'),
		...files(record.handle_attachment, 'troubleshooting'),
	];
}

/** The files of a ticket with fresh addresses. */
async function sourcesOfTicket(item: Item): Promise<Source[]> {
	const { fields } = item;
	const id = fields.integerId('ticketId');
	const wanted = fields.group('options').optionalText('onlyFile');
	const files = filesOf(id, await askedTicket(item, 'detail')).filter(
		({ file }) => wanted === undefined || file.name === wanted,
	);
	if (files.length === 0 && wanted !== undefined) {
		return fields.refuse(
			'onlyFile',
			`is the name of no file of ticket ${id}: "${wanted}"`,
			'Check it; Get Details lists the files with their whole names.',
		);
	}
	return files.map(({ file, path }) => {
		const address = webAddress(path);
		return address === undefined
			? fields.refuse(
					'ticketId',
					`has a file without a web address: "${file.name}"`,
					'Look at the ticket in Kingsoft Cloud.',
				)
			: { file, address };
	});
}

function sourceOfAddress({ fields }: Item): Source[] {
	const address = webAddress(fields.text('address').trim());
	if (address === undefined) {
		return fields.refuse(
			'address',
			'is no web address',
			'Map the address of a file from Get Details; it starts with https:// or http://.',
		);
	}
	const unknown = { ticketId: null, name: null, size: null, type: null, authorId: null };
	return [{ file: { ...unknown, kind: null }, address }];
}

/** GET /workorder/api/ticket/detail (seed kingsoft), then one plain GET for each file. */
export const operation: OperationOnItem = {
	option: {
		name: 'Download Attachment',
		action: 'Download attachments of a ticket',
		description: 'Load the files of a ticket, one output item for each',
	},
	fields: [
		{
			displayName: 'Attachment From',
			name: 'attachmentFrom',
			type: 'options',
			default: 'ticket',
			options: [
				{
					name: 'Address',
					value: 'address',
					description: 'One file, by the address that Get Details gave less than 600 seconds ago',
				},
				{
					name: 'Ticket',
					value: 'ticket',
					description: 'The files of a ticket; one more call asks for fresh addresses',
				},
			],
			description: 'What you know of the files',
		},
		{ ...ticketIdField, displayOptions: { show: { attachmentFrom: ['ticket'] } } },
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			displayOptions: { show: { attachmentFrom: ['address'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://ks3.example.com/workorder/40084/dc4ced80',
			description:
				'The temporary address of the file (file_path). Nothing of the credential is sent there.',
		},
		{
			displayName: 'Output Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output field that the file is put in',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				fileNameField,
				{
					displayName: 'Only This File',
					name: 'onlyFile',
					type: 'string',
					displayOptions: { show: { '/attachmentFrom': ['ticket'] } },
					default: '',
					placeholder: 'e.g. 背景图.png',
					description: 'The whole name of the files to load; the others are left out',
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const property = fields.text('binaryPropertyName');
		const fileName = fields.group('options').optionalText('fileName');
		const byTicket = fields.choice('attachmentFrom', ['ticket', 'address'] as const) === 'ticket';
		const sources = byTicket ? await sourcesOfTicket(item) : sourceOfAddress(item);
		const items: OutputItem[] = [];
		for (const { file, address } of sources) {
			const data = await downloadFile(item, address, fileName ?? file.name ?? undefined);
			items.push(new OutputItem(file, { binary: { [property]: data } }));
		}
		return items;
	},
};
