import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { checkFile, inputFile } from '../../../lib/inputFile';
import { isJsonObject, parseJson } from '../../../lib/json';
import type { Item } from '../../../lib/operation';
import { shown } from '../../../lib/shown';
import type { Photo } from '../handling';
import { uploadFile } from '../transport/files';

/** Photos of the item itself, or uploaded ones: one by one, or a list that an earlier node made. */
export function photosField(displayName: string, name: string, description: string) {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Photos',
		default: {},
		builderHint: {
			propertyHint:
				'Take photos from binary fields of the item with Photo File; upload them before only where they must be shared',
		},
		description,
		options: [
			{
				displayName: 'Photo File',
				name: 'file',
				values: [
					{
						displayName: 'Input Data Field Name',
						name: 'binaryPropertyName',
						type: 'string',
						default: 'data',
						hint: 'The name of the input field that holds the photo; several separated by commas',
						description: 'Uploaded right before the work order is processed',
					},
				],
			},
			{
				displayName: 'Uploaded Photo',
				name: 'photo',
				values: [
					{
						displayName: 'Photo Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. before.png',
						description: 'Name of the file',
					},
					{
						displayName: 'Photo URL',
						name: 'url',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://tf.jdy.com/ierp/tempfile/download.do?…',
						description:
							'Address that the upload of the photo gave. It lives for 10 to 15 minutes, so upload just before.',
					},
				],
			},
			{
				displayName: 'Uploaded Photo List',
				name: 'list',
				values: [
					{
						displayName: 'Photo List',
						name: 'photos',
						type: 'json',
						default: '[]',
						placeholder: 'e.g. [{"url": "https://…", "name": "before.png"}]',
						description: 'Address and name of every photo, as JSON text or by an expression',
					},
				],
			},
		],
	} satisfies INodeProperties;
}

function parsed(row: Fields, text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return row.refuse('photos', 'is not JSON', 'Enter a list such as [{"url": "…", "name": "…"}].');
	}
}

function photosOfList(row: Fields): Photo[] {
	const value = row.raw('photos');
	const read = typeof value === 'string' && value.trim() !== '' ? parsed(row, value) : value;
	if (read === undefined || read === null || read === '') return [];
	return (Array.isArray(read) ? read : [read]).map((photo: unknown) => {
		const { url, name } = isJsonObject(photo) ? photo : {};
		if (typeof url !== 'string' || url === '' || typeof name !== 'string' || name === '') {
			return row.refuse(
				'photos',
				`has an entry without url and name: ${shown(photo)}`,
				'Every photo needs both, as text.',
			);
		}
		return { url, name };
	});
}

/** The photos of one field: those with an address, and the item's files that are to be uploaded. */
export interface Photos {
	readonly uploaded: readonly Photo[];
	readonly properties: readonly string[];
}

/** Refuses photos that the item does not have; sends nothing. */
export function photosIn(item: Item, fields: Fields, name: string): Photos {
	const properties = fields.rows(name, 'file').flatMap((row) => row.texts('binaryPropertyName'));
	for (const property of properties) checkFile(item, property);
	return {
		uploaded: [
			...fields
				.rows(name, 'photo')
				.map((row) => ({ url: row.text('url').trim(), name: row.text('name') })),
			...fields.rows(name, 'list').flatMap(photosOfList),
		],
		properties,
	};
}

/** All photos with an address, after uploading those that have none. */
export async function uploadPhotos(item: Item, photos: Photos): Promise<Photo[]> {
	const all = [...photos.uploaded];
	for (const property of photos.properties) {
		const file = await inputFile(item, property);
		all.push({ url: await uploadFile(item, file), name: file.name });
	}
	return all;
}
