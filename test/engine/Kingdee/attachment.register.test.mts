import { orderId, paths, useWorld } from './world.mts';

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

	it.each(['12a', 'a12', '1 2', '-1', '', null, {}, { id: '1.5' }, [], ['7']])(
		'takes %j for no id',
		async (data) => {
			const body = JSON.stringify({ data, errorCode: 'success', success: true });
			world().sandbox.faults.add({ kind: 'body', body });
			expect((await register(file)).error).toMatchObject({
				message: 'Kingdee registered the attachment, but sent its id in a form that is not known',
				description:
					'Kingdee does not publish the form. Please report it with the answer in the error details.',
			});
		},
	);

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
