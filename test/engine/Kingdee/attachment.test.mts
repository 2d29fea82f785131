import { orderId, paths, useWorld } from './kingdee.mts';

const world = useWorld();

const binary = {
	photo: {
		data: Buffer.from('AAA').toString('base64'),
		mimeType: 'image/png',
		fileName: '背景图.png',
	},
};
const upload = async (parameters: object = {}) =>
	await world().run(
		'attachment.upload',
		{ binaryPropertyName: 'photo', ...parameters },
		{ items: [{ json: {}, binary }] },
	);

describe('Upload', () => {
	it('uploads a file and answers what others need', async () => {
		const { items, error } = await upload();
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.upload]);
		const [request] = world().requests();
		expect(request).toMatchObject({
			method: 'POST',
			query: { access_token: world().sandbox.accounts.kingdee.accessToken },
			headers: { groupname: 'ns-f51c', 'x-gw-router-addr': 'https://tf.jdy.com' },
			accepted: true,
		});
		expect(request?.rawUrl).not.toContain('authority_info');
		expect(request?.parts).toMatchObject([
			{ name: 'file', fileName: '背景图.png', contentType: 'image/png' },
		]);
		expect(items[0]?.json).toEqual({
			url: expect.stringContaining('/ierp/tempfile/download.do?configKey='),
			name: '背景图.png',
			size: 3,
			mimeType: 'image/png',
		});
	});

	it('takes another name', async () => {
		const { items } = await upload({ options: { fileName: '处理前 1.png' } });
		expect(items[0]?.json.name).toBe('处理前 1.png');
		expect(world().requests()[0]?.parts[0]?.fileName).toBe('处理前 1.png');
	});

	it('refuses a property that the item does not have', async () => {
		const { error } = await upload({ binaryPropertyName: 'nothing' });
		expect(error?.message).toContain('nothing');
		expect(world().requests()).toEqual([]);
	});

	it('shows what Kingdee refuses, and an answer without the address', async () => {
		const refused = '{"errorCode":"2000002000","message":"系统异常","success":false}';
		world().sandbox.faults.add({ kind: 'body', body: refused });
		expect((await upload()).error?.message).toBe('系统异常 (Kingdee errorCode 2000002000)');
		const empty = '{"errorCode":"success","message":"","data":{},"success":true}';
		world().sandbox.faults.add({ kind: 'body', body: empty });
		expect((await upload()).error?.message).toBe(
			'Kingdee sent the address of an upload in a form that is not known',
		);
	});
});

describe('Register', () => {
	const register = async (parameters: object) =>
		await world().run('attachment.register', parameters as never);

	it('makes a record of an uploaded file', async () => {
		const { url, name, size } = (await upload()).items[0]?.json ?? {};
		const { items, error } = await register({ url: ` ${String(url)}`, fileName: name, size });
		expect(error).toBeUndefined();
		expect(world().requests(paths.register)[0]?.body).toBe(
			JSON.stringify({ api_name: 'api.LoadAttachmentFieldApi', url, name, size: 3 }),
		);
		expect(world().requests(paths.register)[0]?.query).toHaveProperty('authority_info');
		const [attachment] = world().sandbox.kingdee.attachments();
		expect(items[0]?.json).toEqual({ id: attachment?.id, url, name, size: 3 });
		expect(attachment).toMatchObject({ url, name: '背景图.png', size: '3' });
	});

	const file = { url: 'https://tf.jdy.com/1', fileName: '1.png', size: 1 };

	it('finds the id inside the data as well, digit for digit', async () => {
		world().sandbox.kingdee.attachmentShape = 'object';
		expect((await register(file)).items[0]?.json.id).toBe(
			world().sandbox.kingdee.attachments()[0]?.id,
		);
		const body = `{"data":${orderId},"errorCode":"success","success":true}`;
		world().sandbox.faults.add({ kind: 'body', body });
		expect((await register(file)).items[0]?.json.id).toBe(orderId);
	});

	it('says so when the answer has no id', async () => {
		const body = '{"data":"操作成功","errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await register(file);
		expect(error?.message).toBe(
			'Kingdee registered the attachment, but sent its id in a form that is not known',
		);
	});

	it.each<[object, RegExp]>([
		[{ ...file, url: ' ' }, /^File URL is empty/],
		[{ ...file, fileName: '={{ "" }}' }, /^File Name is empty/],
		[{ ...file, size: -1 }, /^File Size is not a whole number from 0/],
	])('refuses %j before anything is sent', async (parameters, message) => {
		expect((await register(parameters)).error?.message).toMatch(message);
		expect(world().requests()).toEqual([]);
	});

	it('is refused for a file that has expired', async () => {
		const { url } = (await upload()).items[0]?.json ?? {};
		world().sandbox.clock.advance(15 * 60_000);
		world().sandbox.kingdee.issueToken(world().sandbox.accounts.kingdee.accessToken);
		const { error } = await register({ ...file, url });
		expect(error?.message).toBe('附件1.png已失效 (Kingdee errorCode 1030002003)');
		expect(world().requests(paths.register)).toHaveLength(1);
	});
});
