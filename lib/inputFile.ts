import type { IBinaryData, INodeProperties } from 'n8n-workflow';

import type { Item } from './operation';
import { shown } from './shown';

const NAME = 'binaryPropertyName';

/** Another name for a file, to stand in an Options collection. */
export const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. 背景图.png',
	description: 'Used instead of the name that the file has',
};

/** The fields of an upload: which file of the item, and under which name. */
export const uploadFields: INodeProperties[] = [
	{
		displayName: 'Input Data Field Name',
		name: NAME,
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field that holds the file',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [fileNameField],
	},
];

/** A file that an item carries. */
export interface InputFile {
	readonly name: string;
	readonly mimeType: string;
	readonly content: Buffer;
}

/** Refuses a binary property that the item does not have, in the name of the field for it. */
export function checkFile({ context, fields, itemIndex }: Item, property: string): IBinaryData {
	const advice = 'Take the name of a field that the input shows under Binary.';
	const refuse = () =>
		fields.refuse(NAME, `names no file of the item: "${shown(property)}"`, advice);
	try {
		const file = context.helpers.assertBinaryData(itemIndex, property);
		// n8n finds "constructor" in every item.
		return typeof file.data === 'string' ? file : refuse();
	} catch {
		return refuse();
	}
}

/** A file of the item, under its own name unless another one is given. */
export async function inputFile(item: Item, property: string, name?: string): Promise<InputFile> {
	const { fileName, mimeType } = checkFile(item, property);
	const content = await item.context.helpers.getBinaryDataBuffer(item.itemIndex, property);
	return { name: name ?? fileName ?? 'file', mimeType, content };
}

/** The file that `uploadFields` name. */
export async function fileToUpload(item: Item): Promise<InputFile> {
	const { fields } = item;
	return await inputFile(
		item,
		fields.text(NAME),
		fields.group('options').optionalText(fileNameField.name),
	);
}
