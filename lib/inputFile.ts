import type { IBinaryData, INodeProperties } from 'n8n-workflow';

import type { Item } from './operation';
import { shown } from './shown';

const NAME = 'binaryPropertyName';

/** Names the binary property of the item that holds a file. */
export const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: NAME,
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input field that holds the file',
};

/** A file that an item carries. */
export interface InputFile {
	readonly name: string;
	readonly mimeType: string;
	readonly content: Buffer;
}

/** Refuses a binary property that the item does not have, in the name of `inputFileField`. */
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
