import type { IBinaryKeyData, INodeParameters } from 'n8n-workflow';

import { seedHandling } from '../examples/kingdee.mts';
import { located, orderId, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

const basics: INodeParameters = { id: orderId, orderNo, ...seedHandling, status: 'H' };
const file = (text: string, fileName?: string) => ({
	data: Buffer.from(text).toString('base64'),
	mimeType: 'image/png',
	...(fileName === undefined ? {} : { fileName }),
});
const binary: IBinaryKeyData = {
	before: file('AAA', '处理前.png'),
	after: file('BB', 'after 1.png'),
	nameless: file('C'),
};
const process = async (parameters: INodeParameters, more = {}) =>
	await world().run(
		'workOrder.process',
		{ ...basics, ...parameters },
		{ items: [{ json: {}, binary }], ...more },
	);
const photos = (...names: string[]) => ({
	file: names.map((binaryPropertyName) => ({ binaryPropertyName })),
});
const record = () => world().sandbox.kingdee.dealRecords()[0];

describe('photos of the item', () => {
	it('are uploaded right before the call and named in it', async () => {
		const { error } = await process({
			additionalFields: { photosBefore: photos('before'), photosAfter: photos('after, nameless') },
		});
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.upload, paths.upload, paths.upload, paths.handle]);
		const [upload] = world().requests();
		expect(upload).toMatchObject({ method: 'POST', accepted: true });
		expect(Object.keys(upload?.query ?? {})).toEqual(['access_token']);
		expect(upload?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(
			world()
				.requests(paths.upload)
				.map(({ parts }) =>
					parts.map(({ name, fileName, contentType, content }) => [
						name,
						fileName,
						contentType,
						content.toString(),
					]),
				),
		).toEqual([
			[['file', '处理前.png', 'image/png', 'AAA']],
			[['file', 'after 1.png', 'image/png', 'BB']],
			[['file', 'file', 'image/png', 'C']],
		]);
		const urls = world()
			.requests(paths.upload)
			.map(({ answer }) => (JSON.parse(answer) as { data: { file: string } }).data.file);
		expect(record()).toMatchObject({
			wg_pre_image: [{ url: urls[0], name: '处理前.png' }],
			wg_after_image: [
				{ url: urls[1], name: 'after 1.png' },
				{ url: urls[2], name: 'file' },
			],
		});
	});

	it('stand beside photos that were uploaded before', async () => {
		const given = { url: 'https://tf.jdy.com/1', name: '1.png' };
		await process({
			additionalFields: { photosBefore: { photo: [given], ...photos('before') } },
		});
		expect(record()?.wg_pre_image).toMatchObject([given, { name: '处理前.png' }]);
	});

	it('are not uploaded when the item lacks one, or anything else is wrong', async () => {
		const missing = await process({
			additionalFields: { photosBefore: photos('before'), photosAfter: photos('nothing') },
		});
		expect(missing.error?.message).toContain('nothing');
		const wrong = await process({
			progress: '-1',
			additionalFields: { photosBefore: photos('before') },
		});
		expect(wrong.error?.message).toContain('Completion Progress');
		expect(world().requests()).toEqual([]);
	});

	it.each([
		[500, 'a web page with HTTP 500'],
		[502, 'Bad Gateway (Kingdee HTTP 502)'],
	])('keep the order from being processed when their upload fails by %i', async (status, text) => {
		world().sandbox.faults.add({ kind: 'html', status, path: paths.upload });
		const { error } = await process({ additionalFields: { photosBefore: photos('before') } });
		expect(error?.message).toContain(text);
		expect(error?.description).toContain('Nothing was changed');
		expect(world().requests(paths.handle)).toEqual([]);
	});

	it('are refused by Kingdee once they have expired', async () => {
		const { items } = await world().run(
			'attachment.upload',
			{ binaryPropertyName: 'before' },
			{ items: [{ json: {}, binary }] },
		);
		world().sandbox.clock.advance(15 * 60_000);
		world().sandbox.kingdee.issueToken(world().sandbox.accounts.kingdee.accessToken);
		const list = [{ photos: JSON.stringify(items.map(({ json }) => json)) }];
		const { error } = await process({ additionalFields: { photosAfter: { list } } });
		expect(error?.message).toBe('附件处理前.png已失效 (Kingdee errorCode 1030002003)');
	});

	it('are uploaded in the first call of a session, too', async () => {
		const { error } = await process(
			{ additionalFields: { photosBefore: photos('before') } },
			{ credentials: { kingdeeApi: world().byApp() } },
		);
		expect(error).toBeUndefined();
		expect(world().sentPaths().slice(-2)).toEqual([paths.upload, paths.handle]);
	});

	it('are uploaded again with a new session when the old one has ended', async () => {
		const { stored } = await world().runWith(world().byApp(), 'account.getCurrentUser');
		world().sandbox.kingdee.expireTokens();
		world().sandbox.clearRequests();
		const { error } = await process(
			{ additionalFields: { photosBefore: photos('before') } },
			{ credentials: stored },
		);
		expect(error).toBeUndefined();
		expect(
			world()
				.requests(paths.upload)
				.map(({ accepted }) => accepted),
		).toEqual([false, true]);
		expect(world().requests(paths.upload).at(-1)?.parts[0]?.content.toString()).toBe('AAA');
		expect(record()?.wg_pre_image).toHaveLength(1);
	});
});

describe('what is looked up', () => {
	it('is the number, where only the id is known', async () => {
		const { items } = await process({ orderNo: ' ', id: located('list', orderId) });
		expect(world().sentPaths()).toEqual([paths.load, paths.handle]);
		expect(world().sent(paths.load)).toEqual({
			entityName: 'wg_service_workorder',
			id: orderId,
			selectProperties: 'id,billno',
		});
		expect(items[0]?.json).toMatchObject({ id: orderId, orderNo, handled: true });
	});

	it('is the id, where only the number is known', async () => {
		const { items } = await process({ orderNo: '', id: located('number', orderNo) });
		expect(world().sentPaths()).toEqual([paths.list, paths.handle]);
		expect(items[0]?.json).toMatchObject({ id: orderId, orderNo, handled: true });
	});

	it('ends the item when there is no such order', async () => {
		const { error } = await process({ orderNo: '', id: '7' });
		expect(error?.message).toBe('单据不存在 (Kingdee errorCode 1030002003)');
		expect(world().requests(paths.handle)).toEqual([]);
	});
});
