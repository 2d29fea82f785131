import { createHash, createHmac } from 'node:crypto';

import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { call, get, kingsoft } from './clients.mts';
import type { Answer } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const read = async (name: string, id: string) =>
	await kingsoft(sandbox, name, undefined, { query: { id } });
const data = (answer: Answer) => answer.json['data'] as Record<string, unknown>;
const upload = async (name: string, content: string) => {
	const form = new FormData();
	form.append('file', new Blob([content], { type: 'image/png' }), name);
	return await kingsoft(sandbox, 'upload_file', undefined, { raw: form });
};
const signedHeaders = () => {
	const { appId, secret } = sandbox.accounts.kingsoftCloud;
	const timestamp = String(sandbox.clock.now());
	const sign = createHash('md5')
		.update(appId + secret + timestamp)
		.digest('hex');
	return { AppId: appId, Timestamp: timestamp, Sign: sign, 'content-type': 'application/json' };
};
const newTicket = {
	title: '标题',
	detail: '内容',
	reported_time: 1660298589,
	type: 1,
	priority: 2,
	customer_organization_id: 1,
	customer_organization_name: '客户',
	repository_product_id: 36,
	creator_id: 38361,
	creator_name: '姜程',
};
const closeSample = {
	closer_id: 40084,
	closer_name: '田金秀',
	detail: '这是工单关闭的备注反馈内容',
	id: 1473,
	is_solved: false,
	solved_time: 1660298589,
};

describe('signature', () => {
	const errno = async (headers: Record<string, string | undefined>) =>
		(await kingsoft(sandbox, 'base', undefined, { query: { id: '1204' }, headers })).json['errno'];

	it('takes seconds and milliseconds, within five minutes', async () => {
		const now = sandbox.clock.now();
		const secondsText = (ms: number) => String(Math.floor(ms / 1000));
		expect(await errno({ Timestamp: secondsText(now) })).toBe(10000);
		expect(await errno({ Timestamp: String(now) })).toBe(10000);
		expect(await errno({ Timestamp: secondsText(now - 310_000) })).toBe(14003);
		expect(await errno({ Timestamp: String(now + 310_000) })).toBe(14003);
		expect(await errno({ Timestamp: `${now}0` })).toBe(14003);
		sandbox.kingsoftCloud.timestampWindowMs = 600_000;
		expect(await errno({ Timestamp: String(now - 310_000) })).toBe(10000);
	});

	it('refuses a wrong sign, an unknown AppId and a missing header, each with its own errno', async () => {
		expect(await errno({ Sign: '0'.repeat(32) })).toBe(14001);
		expect(await errno({ AppId: 'somebody' })).toBe(14002);
		expect(await errno({ Sign: undefined })).toBe(14004);
		expect(sandbox.requests().every(({ accepted }) => !accepted)).toBe(true);
	});

	it('answers a refusal with the HTTP status that is set', async () => {
		sandbox.kingsoftCloud.authFailureHttpStatus = 401;
		const answer = await kingsoft(sandbox, 'base', undefined, { headers: { Sign: 'x' } });
		expect(answer).toMatchObject({
			status: 401,
			json: { errmsg: expect.stringContaining('Sign') },
		});
	});

	it('follows the rule that is set, and no other', async () => {
		const { appId, secret } = sandbox.accounts.kingsoftCloud;
		const timestamp = String(sandbox.clock.now());
		const md5 = (text: string) => createHash('md5').update(text).digest('hex');
		const hmac = () => createHmac('sha256', secret).update(appId + timestamp);
		const signs = {
			A: md5(appId + secret + timestamp),
			B: md5(appId + timestamp + secret),
			C: md5(timestamp + secret),
			'F-hex': hmac().digest('hex'),
			'F-base64': hmac().digest('base64'),
		} as const;
		for (const rule of Object.keys(signs) as (keyof typeof signs)[]) {
			sandbox.kingsoftCloud.rule = rule;
			for (const [other, Sign] of Object.entries(signs)) {
				expect(await errno({ Timestamp: timestamp, Sign })).toBe(other === rule ? 10000 : 14001);
			}
		}
		sandbox.kingsoftCloud.rule = ({ method, path, query }) => `${method} ${path}?${query}`;
		expect(await errno({ Sign: 'GET /workorder/api/ticket/base?id=1204' })).toBe(10000);
	});
});

describe('base', () => {
	it('answers the sample of the seed', async () => {
		const answer = await read('base', '1204');
		expect(answer.json).toEqual({
			errno: 10000,
			errmsg: 'OK',
			data: {
				id: 1204,
				type: 1,
				title: '测试',
				detail: '测试',
				status: 2,
				priority: 3,
				need_process: false,
				creator_id: 38361,
				creator_name: '姜程',
				customer_organization_id: 1,
				customer_organization_name: '北京金山云网络技术有限公司',
				product_group_id: 36,
				updated_time: 1635766132,
				started_time: 0,
				suspended_time: 0,
				updated_progress_time: 0,
				finished_time: 1632742075,
				solved_time: 0,
				closed_time: 0,
				is_solved: false,
				is_suspended_notice: false,
				reported_time: 1632742020,
				created_time: 1632742075,
			},
			request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
	});

	it('keeps all digits of int64 ids, both ways', async () => {
		expect((await read('base', '9007199254740993')).text).toContain('"id":9007199254740993,');
		expect((await read('base', '9007199254740992')).json['errno']).toBe(22004);
		const large = await read('base', '1476');
		expect(large.text).toContain('"customer_organization_id":1653682321878942721,');
	});

	it('refuses an id that is no integer or no ticket', async () => {
		expect((await read('base', '12a')).json['errno']).toBe(22001);
		expect((await read('base', '1')).json['errno']).toBe(22004);
	});
});

describe('list_tickets', () => {
	const list = async (body: object) => data(await kingsoft(sandbox, 'list_tickets', body));
	const ids = (page: Record<string, unknown>) =>
		(page['tickets'] as { id: number }[]).map(({ id }) => id);

	it('answers the sample request with all tickets, newest first', async () => {
		const page = await list({
			created_end: 0,
			created_start: 0,
			creator_id: 0,
			customer_organization_name: '',
			page: 1,
			page_size: 10,
			product_group_id: [],
			type: 0,
			status: 0,
			sub_type: 0,
			second_subtype: 0,
		});
		expect(ids(page)).toEqual([9007199254740992, 1476, 1475, 1474, 1473, 1204]);
		expect(page['pagination']).toEqual({ page_size: 10, total: 6 });
	});

	it('types rows as the list does, not as the other answers do', async () => {
		const page = await list({ creator_id: 40084, status: 2 });
		expect(page['tickets']).toMatchObject([
			{
				id: 1473,
				status: '2',
				priority: '1',
				need_process: 1,
				tags: '紧急客户,升级',
				handler: 38361,
			},
		]);
	});

	it('joins filters with AND and includes both ends of the creation time', async () => {
		expect(ids(await list({ created_start: 1660290000, created_end: 1660310000 }))).toEqual([
			1475, 1474, 1473,
		]);
		expect(ids(await list({ created_start: 1660290001, created_end: 1660309999 }))).toEqual([1474]);
		expect(ids(await list({ type: 3, status: 3 }))).toEqual([1474]);
		expect(ids(await list({ type: 3, status: 4 }))).toEqual([]);
		expect(ids(await list({ product_group_id: [37] }))).toEqual([1476]);
		expect(ids(await list({ customer_organization_name: '上海示例科技有限公司' }))).toEqual([1476]);
		expect(ids(await list({ customer_organization_name: '上海' }))).toEqual([]);
		sandbox.kingsoftCloud.customerNameMatch = 'partial';
		expect(ids(await list({ customer_organization_name: '上海' }))).toEqual([1476]);
	});

	it('pages with a stable total', async () => {
		for (let n = 0; n < 19; n++) sandbox.kingsoftCloud.createTicket();
		const seen: number[] = [];
		for (const page of [1, 2, 3]) {
			const answer = await list({ page, page_size: 12 });
			expect(answer['pagination']).toEqual({ page_size: 12, total: 25 });
			seen.push(...ids(answer));
		}
		expect(new Set(seen).size).toBe(25);
		sandbox.kingsoftCloud.maxPageSize = 5;
		expect(ids(await list({ page_size: 12 }))).toHaveLength(5);
	});

	it('takes a GET with and without a JSON body', async () => {
		const asGet = async (raw?: string) =>
			await call('GET', `${sandbox.addresses.kingsoftCloud}/workorder/api/ticket/list_tickets`, {
				headers: signedHeaders(),
				...(raw === undefined ? {} : { raw }),
			});
		expect(ids(data(await asGet('{"status":3}')))).toEqual([1474]);
		expect(ids(data(await asGet()))).toHaveLength(6);
	});

	it('refuses quoted integers, wrong types and filters in the query', async () => {
		const refused = async (body: object) =>
			(await kingsoft(sandbox, 'list_tickets', body)).json['errno'];
		expect(await refused({ creator_id: '40084' })).toBe(22001);
		expect(await refused({ status: 2.5 })).toBe(22001);
		expect(await refused({ page: 0 })).toBe(22001);
		expect(await refused({ product_group_id: 36 })).toBe(22001);
		const query = await kingsoft(sandbox, 'list_tickets', undefined, { query: { status: '1' } });
		expect(query.json['errno']).toBe(22001);
		const plain = await kingsoft(
			sandbox,
			'list_tickets',
			{},
			{ headers: { 'content-type': 'text/plain' } },
		);
		expect(plain.json['errno']).toBe(22001);
	});
});

describe('create', () => {
	it('makes a waiting ticket and answers its id', async () => {
		const file = data(await upload('现场.png', 'x'));
		const { id } = data(
			await kingsoft(sandbox, 'create', { ...newTicket, attachment: [file], tags: [1] }),
		);
		expect(sandbox.kingsoftCloud.tickets()[0]).toMatchObject({
			id: String(id),
			status: 1,
			reported_time: 1660298589,
			creator_id: '38361',
			product_group_id: '36',
			tags: [{ id: '1' }],
			attachment: [{ file_name: '现场.png' }],
		});
	});

	it.each(Object.keys(newTicket))('needs %s', async (field) => {
		const answer = await kingsoft(sandbox, 'create', { ...newTicket, [field]: undefined });
		expect(answer.json).toMatchObject({ errno: 22001, errmsg: expect.stringContaining(field) });
	});

	it('wants bare integers and keeps all their digits', async () => {
		const quoted = { ...newTicket, customer_organization_id: '1653682321878942721' };
		expect((await kingsoft(sandbox, 'create', quoted)).json['errno']).toBe(22001);
		const raw = JSON.stringify(quoted).replace('"1653682321878942721"', '1653682321878942721');
		expect((await kingsoft(sandbox, 'create', undefined, { raw })).json['errno']).toBe(10000);
		expect(sandbox.kingsoftCloud.tickets()[0]?.customer_organization_id).toBe(
			'1653682321878942721',
		);
		const beyond = raw.replace('1653682321878942721', '16536823218789427210');
		expect((await kingsoft(sandbox, 'create', undefined, { raw: beyond })).json['errno']).toBe(
			22001,
		);
	});

	it('refuses values outside the sets and files never uploaded', async () => {
		const attachment = [
			{ file_name: 'a', file_path: 'workorder/1/a', file_size: 1, file_type: 'image/png' },
		];
		for (const change of [{ type: 4 }, { priority: 0 }, { tags: '1' }, { attachment }]) {
			const answer = await kingsoft(sandbox, 'create', { ...newTicket, ...change });
			expect(answer.json['errno']).toBe(22001);
		}
	});
});

describe('close_ticket', () => {
	const errno = async (body: object) =>
		(await kingsoft(sandbox, 'close_ticket', body)).json['errno'];

	it('takes the samples of the seed and answers without data', async () => {
		const answer = await kingsoft(sandbox, 'close_ticket', {
			...closeSample,
			handle_attachment: [
				{
					author: 40084,
					file_name: 'test.png',
					file_type: 'image/png',
					file_path: 'workorder/40084/dc4ced807eec9218bf2fe9513ebc9b99',
					file_size: 195204,
				},
			],
		});
		expect(Object.keys(answer.json).sort()).toEqual(['errmsg', 'errno', 'request_id']);
		expect(data(await read('base', '1473'))).toMatchObject({ status: 3, solved_time: 1660298589 });
		expect(data(await read('detail', '1473'))['handle_attachment']).toHaveLength(1);
	});

	it('closes once, and neither closed nor cancelled tickets', async () => {
		expect(await errno(closeSample)).toBe(10000);
		expect(await errno(closeSample)).toBe(23000);
		expect(await errno({ ...closeSample, id: 1474 })).toBe(23000);
		expect(await errno({ ...closeSample, id: 1475 })).toBe(23000);
	});

	it('lets only the creator close', async () => {
		expect(await errno({ ...closeSample, closer_id: 38361 })).toBe(23001);
		expect(await errno({ ...closeSample, id: 1 })).toBe(22004);
	});

	it('needs every field of an attachment, in an array', async () => {
		const file = { author: 40084, file_name: 'a', file_path: 'b', file_size: 1, file_type: 'c' };
		expect(await errno({ ...closeSample, handle_attachment: file })).toBe(22001);
		for (const field of Object.keys(file)) {
			const handle_attachment = [{ ...file, [field]: undefined }];
			expect(await errno({ ...closeSample, handle_attachment })).toBe(22001);
		}
		for (const field of ['id', 'closer_id', 'closer_name', 'solved_time']) {
			expect(await errno({ ...closeSample, [field]: undefined })).toBe(22001);
		}
	});
});

describe('comment, reject, detail, upload', () => {
	it('adds remarks to the history of the product line', async () => {
		const body = { id: 1473, productGroupId: 36, detail: '已联系客户' };
		expect((await kingsoft(sandbox, 'comment_ticket', body)).json['data']).toEqual({});
		await kingsoft(sandbox, 'reject_handle', { ...body, detail: '不属于本产品线' });
		const { assigns } = data(await read('detail', '1473'));
		expect(assigns).toMatchObject([
			{
				ticket_id: 1473,
				status: 4,
				history: [{ detail: '已接单' }, { detail: '已联系客户' }, { detail: '不属于本产品线' }],
			},
		]);
		expect((await kingsoft(sandbox, 'comment_ticket', { detail: 'x' })).json['errno']).toBe(22004);
	});

	it('writes the detail times as China text beside epoch seconds', async () => {
		expect(data(await read('detail', '1204'))).toMatchObject({
			created_time: '2021-09-27 19:27:55',
			reported_time: '2021-09-27 19:27:00',
			finished_time: 1632742075,
			created_duration: 55,
		});
	});

	it('stores an upload, keeps its UTF-8 name and serves it for 600 s', async () => {
		const file = data(await upload('背景图 1.png', '内容'));
		expect(file).toEqual({
			author: 40084,
			file_name: '背景图 1.png',
			file_path: expect.stringMatching(/^workorder\/40084\/[0-9a-f]{32}$/),
			file_size: 6,
			file_type: 'image/png',
		});
		expect(sandbox.requests()[0]?.parts).toMatchObject([
			{ name: 'file', fileName: '背景图 1.png' },
		]);
		const { id } = data(await kingsoft(sandbox, 'create', { ...newTicket, attachment: [file] }));
		const [shown] = data(await read('detail', String(id)))['attachment'] as { file_path: string }[];
		const address = shown?.file_path ?? '';
		expect(await get(address)).toMatchObject({ status: 200, text: '内容' });
		sandbox.clock.advance(600_000);
		expect((await get(address)).status).toBe(403);
		expect((await get(address.replace(/Signature=.*/, 'Signature=x'))).status).toBe(403);
	});

	it('points to another host for files when told to, which asks for no signature', async () => {
		const { kingsoftCloud: address } = sandbox.addresses;
		sandbox.kingsoftCloud.fileAddress = address.replace('127.0.0.1', 'localhost');
		const { attachment } = data(await read('detail', '1473')) as {
			attachment: { file_path: string }[];
		};
		const path = attachment[0]?.file_path ?? '';
		expect(path).toMatch(/^http:\/\/localhost:\d+\/ks3\/workorder\/40084\//);
		expect((await get(path)).status).toBe(200);
	});

	it('refuses an upload without a part named file', async () => {
		const form = new FormData();
		form.append('photo', new Blob(['x']), 'a.png');
		const answer = await kingsoft(sandbox, 'upload_file', undefined, { raw: form });
		expect(answer.json['errno']).toBe(22001);
	});

	it('knows no other path or method', async () => {
		const at = `${sandbox.addresses.kingsoftCloud}/workorder/api/ticket/`;
		expect((await call('GET', `${at}constructor`, {})).status).toBe(404);
		expect((await call('GET', `${at}close_ticket`, {})).status).toBe(405);
	});
});
