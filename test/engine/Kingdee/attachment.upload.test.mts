import { paths, useWorld } from './world.mts';

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
