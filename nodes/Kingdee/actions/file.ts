import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../lib/operation';
import type { LocalFile } from '../transport/files';

export const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input field that holds the file',
};

/** Refuses a binary property that the item does not have. */
export function checkFile({ context, itemIndex }: Item, property: string): void {
	context.helpers.assertBinaryData(itemIndex, property);
}

/** A file of the item, under its own name unless another one is given. */
export async function localFile(
	{ context, itemIndex }: Item,
	property: string,
	name?: string,
): Promise<LocalFile> {
	const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, property);
	const content = await context.helpers.getBinaryDataBuffer(itemIndex, property);
	return { name: name ?? fileName ?? 'file', mimeType, content };
}
