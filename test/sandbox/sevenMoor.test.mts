import { createHash, randomUUID } from 'node:crypto';

import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { call, chinaDigits, sevenMoor } from './clients.mts';
import { openReceiver } from './receiver.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.sevenMoor.limitPerMinute = Infinity;
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const SEED_ID = '75cf1273-042e-a83d-8118-ddfb50af4ac1';
const OK = { code: 200, success: true, message: 'success!' };
const INVALID = { code: 400, success: false, message: '格式无效，修改失败' };

const option = (name: string, options: object[] = [], state = '2') => ({
	name,
	key: randomUUID(),
	state,
	options,
});
const dictionary = (changes: object = {}) => ({
	_id: randomUUID(),
	name: '新字典',
	cascade: '2',
	headers: ['一级', '二级'],
	options: [option('甲', [option('乙')])],
	...changes,
});
const add = async (body: object) => (await sevenMoor(sandbox, 'add', body)).json;
const update = async (body: object) => (await sevenMoor(sandbox, 'update', body)).json;
const query = async (body: unknown) =>
	(await sevenMoor(sandbox, 'query', body)).json as {
		list: Record<string, unknown>[];
		count: number;
	};

describe('signature', () => {
	const refusal = async (changes: Parameters<typeof sevenMoor>[3]) => {
		const { json } = await sevenMoor(sandbox, 'query', {}, changes);
		return `${String(json['code'])} ${String(json['message'])}`;
	};

	it('accepts the published vector at its time', async () => {
		sandbox.clock.advance(Date.parse('2016-10-13T11:36:12+08:00') - Date.now());
		const answer = await call(
			'POST',
			`${sandbox.addresses.sevenMoor}/v20210827/business/queryDictionary/N00000000556`,
			{
				headers: { Authorization: 'TjAwMDAwMDAwNTU2OjIwMTYxMDEzMTEzNjEy' },
				query: { sig: '88996D9907E0EE52C5DAF8EFFCC31CFC' },
			},
		);
		expect(answer.json).toEqual({ ...OK, list: [], count: 0 });
	});

	it('refuses everything else with 403 and a text of its own', async () => {
		const now = sandbox.clock.now();
		expect(await refusal({ apiSecret: 'wrong' })).toBe('403 sig error');
		expect(await refusal({ accountId: 'N00000000001' })).toBe('403 account is not exist');
		expect(await refusal({ timestamp: chinaDigits(now - 301_000) })).toBe(
			'403 timestamp is expired',
		);
		expect(await refusal({ timestamp: chinaDigits(now + 302_000) })).toBe(
			'403 timestamp is expired',
		);
		// UTC in place of China time.
		expect(await refusal({ timestamp: chinaDigits(now - 8 * 3_600_000) })).toMatch(/^403/);
		const { accountId, apiSecret } = sandbox.accounts.sevenMoor;
		const timestamp = chinaDigits(now);
		const sig = createHash('md5')
			.update(accountId + apiSecret + timestamp)
			.digest('hex');
		expect(await refusal({ timestamp, query: { sig: sig.toUpperCase() } })).toBe('200 success!');
		expect(await refusal({ timestamp, query: { sig } })).toBe('403 sig error');
		const basic = `Basic ${Buffer.from(`N00000046053:${chinaDigits(now)}`).toString('base64')}`;
		expect(await refusal({ headers: { Authorization: basic } })).toMatch(/^403 Authorization/);
		expect(await refusal({ headers: { Authorization: undefined } })).toMatch(/^403 Authorization/);
	});

	it('wants the same time stamp and account in both places', async () => {
		const other = (text: string) => ({
			headers: { Authorization: Buffer.from(text).toString('base64') },
		});
		const now = sandbox.clock.now();
		expect(await refusal(other(`N00000046053:${chinaDigits(now - 60_000)}`))).toBe('403 sig error');
		expect(await refusal(other(`N00000000556:${chinaDigits(now)}`))).toMatch(/^403/);
	});

	it('answers the HTTP status that is set', async () => {
		expect((await sevenMoor(sandbox, 'query', {}, { apiSecret: 'wrong' })).status).toBe(200);
		sandbox.sevenMoor.authFailureHttpStatus = 403;
		expect((await sevenMoor(sandbox, 'query', {}, { apiSecret: 'wrong' })).status).toBe(403);
	});
});

describe('limit', () => {
	it('refuses the 21st call of a minute, per endpoint', async () => {
		sandbox.sevenMoor.limitPerMinute = 20;
		for (let n = 0; n < 20; n++) expect(await query({})).toMatchObject(OK);
		expect(await query({})).toMatchObject({ code: 429, success: false });
		expect(await update({ _id: SEED_ID })).toEqual(OK);
		sandbox.clock.advance(61_000);
		expect(await query({})).toMatchObject(OK);
	});

	it('takes the form that is set and does not count refused signatures', async () => {
		Object.assign(sandbox.sevenMoor, { limitPerMinute: 1, limitCode: 500, limitHttpStatus: 429 });
		await sevenMoor(sandbox, 'query', {}, { apiSecret: 'wrong' });
		expect(await query({})).toMatchObject(OK);
		const answer = await sevenMoor(sandbox, 'query', {});
		expect(answer).toMatchObject({ status: 429, json: { code: 500 } });
	});
});

describe('queryDictionary', () => {
	it('answers the sample of the seed, with levels', async () => {
		expect(await query({ _id: SEED_ID })).toEqual({
			...OK,
			list: [
				{
					_id: SEED_ID,
					accountId: 'N00000046053',
					name: '修改接口三级',
					cascade: '3',
					headers: ['接口新增1', '接口新增2', '接口新增3'],
					createTime: '2021-12-03 15:16:12',
					biUpdateTime: '2021-12-03 15:52:10',
					options: [
						{
							name: '李婷测试接口3',
							key: '2546b891-9593-64b0-82e0-3485251c6a5a',
							state: '1',
							options: [
								{
									name: '嘿嘿1',
									key: '9056baed-c79c-cf29-f718-d76a02741076',
									state: '1',
									options: [
										{
											name: '滴滴2',
											key: '85a9691d-331a-0f23-afa2-a093e2c1c371',
											state: '1',
											options: [],
											level: 3,
										},
									],
									level: 2,
								},
							],
							level: 1,
						},
					],
					updateTimeArr: [
						{
							updateTime: '2021-12-03 15:52:10',
							updateUser: '3c4a5fa0-b812-11e9-b8d5-ed6d6e27def9',
						},
					],
				},
			],
			count: 1,
		});
	});

	it('filters by id and name together, pages, and counts all matches', async () => {
		for (let n = 0; n < 11; n++) sandbox.sevenMoor.createDictionary({ name: `地区${n}` });
		expect((await query(undefined)).list).toHaveLength(10);
		const last = await query({ page: 2, pageSize: 10 });
		expect(last).toMatchObject({ count: 12, list: { length: 2 } });
		expect((await query({ name: '地区1' })).count).toBe(1);
		expect((await query({ _id: SEED_ID, name: '地区1' })).count).toBe(0);
		sandbox.sevenMoor.nameMatch = 'partial';
		expect((await query({ name: '地区1' })).count).toBe(2);
		expect(await query({ page: '1' })).toEqual(INVALID);
	});
});

describe('addDictionary', () => {
	it('answers texts where the others answer number and boolean', async () => {
		expect(await add(dictionary())).toEqual({ code: '200', success: 'true', message: 'success!' });
		const added = sandbox.sevenMoor.dictionaries()[1];
		expect(added).toMatchObject({ name: '新字典', accountId: 'N00000046053', updateTimeArr: [] });
		expect((await query({ name: '新字典' })).list[0]).toMatchObject({ options: [{ level: 1 }] });
	});

	it('refuses a known id or name', async () => {
		const exists = { code: 400, success: false, message: 'this dictionary id or name is exist' };
		expect(await add(dictionary({ _id: SEED_ID }))).toEqual(exists);
		expect(await add(dictionary({ name: '修改接口三级' }))).toEqual(exists);
	});

	it.each([
		['an id that is no UUID', { _id: 'abc' }],
		['no name', { name: '' }],
		['a numeric cascade', { cascade: 2 }],
		['too few headers', { headers: ['一级'] }],
		['an empty header', { headers: ['一级', ''] }],
		['a tree deeper than cascade', { options: [option('甲', [option('乙', [option('丙')])])] }],
		['siblings of one name', { options: [option('甲'), option('甲')] }],
		['a key that is no UUID', { options: [{ ...option('甲'), key: '1' }] }],
		[
			'a key of another dictionary',
			{ options: [{ ...option('甲'), key: '9056baed-c79c-cf29-f718-d76a02741076' }] },
		],
		['a numeric state', { options: [{ ...option('甲'), state: 2 }] }],
		['a leaf without options', { options: [{ ...option('甲'), options: null }] }],
		['no options', { options: undefined }],
	])('refuses %s', async (_what, changes) => {
		expect(await add(dictionary(changes))).toEqual(INVALID);
	});

	it('refuses one key twice', async () => {
		const twin = option('甲');
		expect(await add(dictionary({ options: [twin, { ...twin, name: '乙' }] }))).toEqual(INVALID);
	});

	it('asks for an enabled first level only when told to', async () => {
		const disabled = () => dictionary({ name: randomUUID(), options: [option('甲', [], '1')] });
		expect(await add(disabled())).toMatchObject({ code: '200' });
		sandbox.sevenMoor.requireEnabled = true;
		expect(await add(disabled())).toEqual({
			code: 400,
			success: false,
			message: '字典项第一级至少有一个启用',
		});
	});
});

describe('updateDictionary', () => {
	it('leaves omitted fields alone and logs the change', async () => {
		expect(await update({ _id: SEED_ID, name: '改名' })).toEqual(OK);
		const [changed] = sandbox.sevenMoor.dictionaries();
		expect(changed).toMatchObject({
			name: '改名',
			cascade: '3',
			options: [{ name: '李婷测试接口3' }],
		});
		expect(changed?.updateTimeArr).toHaveLength(2);
		expect(changed?.biUpdateTime).not.toBe('2021-12-03 15:52:10');
	});

	it('replaces the tree, tolerating levels sent back', async () => {
		const [found] = (await query({ _id: SEED_ID })).list;
		const [first] = found?.['options'] as object[];
		const options = [{ ...first, name: '改' }, option('新')];
		expect(await update({ _id: SEED_ID, options })).toEqual(OK);
		expect((await query({ _id: SEED_ID })).list[0]?.['options']).toMatchObject([
			{ name: '改', key: '2546b891-9593-64b0-82e0-3485251c6a5a', level: 1 },
			{ name: '新', level: 1 },
		]);
	});

	it('refuses what does not fit what stays', async () => {
		expect(await update({ _id: SEED_ID, cascade: '2' })).toEqual(INVALID);
		expect(await update({ _id: SEED_ID, cascade: '2', headers: ['a', 'b'] })).toEqual(INVALID);
		sandbox.sevenMoor.createDictionary({ name: '另一个' });
		expect(await update({ _id: SEED_ID, name: '另一个' })).toMatchObject({ code: 400 });
	});

	it('does not find unknown ids or those of other accounts', async () => {
		const notFound = {
			code: 400,
			success: false,
			message: 'Please check your parameters, not found this dictionary',
		};
		expect(await update({ _id: randomUUID() })).toEqual(notFound);
		expect(await update({})).toEqual(notFound);
		const vector = { accountId: 'N00000000556', apiSecret: 'secret' };
		expect((await sevenMoor(sandbox, 'update', { _id: SEED_ID }, vector)).json).toEqual(notFound);
	});
});

const post = async (path: string, body: unknown, apiSecret?: string) => {
	const { accountId, apiSecret: right } = sandbox.accounts.sevenMoor;
	const timestamp = chinaDigits(sandbox.clock.now());
	const sig = createHash('md5')
		.update(accountId + (apiSecret ?? right) + timestamp)
		.digest('hex');
	const { json } = await call('POST', `${sandbox.addresses.sevenMoor}${path}/${accountId}`, {
		headers: {
			'content-type': 'application/json;charset=UTF-8',
			Authorization: Buffer.from(`${accountId}:${timestamp}`).toString('base64'),
		},
		query: { sig: sig.toUpperCase() },
		raw: JSON.stringify(body),
	});
	return json;
};

describe('queryQueue', () => {
	const PATH = '/v20210827/user/queryQueue';

	it('answers the groups of one agent, by kind, without success', async () => {
		expect(await post(PATH, { exten: '8000', type: 'call' })).toEqual({
			code: 200,
			message: 'success',
			count: 2,
			list: [
				{ displayName: '售后组', exten: '1000', updateTime: '2021-12-03 15:16:12', penalty: '0' },
				{ displayName: '投诉组', exten: '1001', updateTime: '2021-12-03 15:16:12', penalty: '5' },
			],
		});
		expect(await post(PATH, { exten: '8000', type: 'im' })).toMatchObject({ count: 1 });
		expect(await post(PATH, { exten: '9999', type: 'im' })).toMatchObject({ count: 0, list: [] });
		sandbox.sevenMoor.unknownAgent = 'refused';
		expect(await post(PATH, { exten: '9999', type: 'im' })).toMatchObject({ code: 400 });
	});

	it.each([{ type: 'call' }, { exten: '8000' }, { exten: 8000, type: 'call' }])(
		'refuses %j',
		async (body) => {
			expect(await post(PATH, body)).toEqual({ code: 400, message: expect.any(String) });
		},
	);

	it('has a signature and a limit of its own', async () => {
		sandbox.sevenMoor.limitPerMinute = 1;
		for (let n = 0; n < 100; n++) {
			expect(await post(PATH, { exten: '8000', type: 'im' })).toMatchObject({ code: 200 });
		}
		expect(await post(PATH, { exten: '8000', type: 'im' })).toMatchObject({ code: 429 });
		expect(await post(PATH, { exten: '8000', type: 'im' }, 'wrong')).toEqual({
			code: 403,
			message: 'sig error',
		});
	});
});

describe('handleBusiness', () => {
	const PATH = '/v20170704/business/handleBusiness';

	it('takes any object, keeps it and answers without success', async () => {
		expect(await post(PATH, { 标题: '漏水', fields: [{ a: 1 }] })).toEqual({
			code: 200,
			message: 'ok',
		});
		expect(sandbox.sevenMoor.inflow()).toEqual([{ 标题: '漏水', fields: [{ a: 1n }] }]);
	});

	it('refuses what is no object or has nothing in it, and a wrong signature', async () => {
		expect(await post(PATH, [])).toMatchObject({ code: 400 });
		expect(await post(PATH, {})).toMatchObject({ code: 400 });
		expect(await post(PATH, { a: 1 }, 'wrong')).toMatchObject({ code: 403 });
		expect(sandbox.sevenMoor.inflow()).toEqual([]);
	});
});

it('knows no other path or version', async () => {
	const address = sandbox.addresses.sevenMoor;
	for (const path of ['/v20170704/business/queryDictionary/N1', '/v20210827/user/queryQueue']) {
		expect((await call('POST', `${address}${path}`, {})).status).toBe(404);
	}
});

it('pushes an outflow in both published versions', async () => {
	const receiver = await openReceiver();
	await sandbox.sevenMoor.push(receiver.url, { stepName: '回访' });
	await sandbox.sevenMoor.push(receiver.url, {}, { version: 'https' });
	await receiver.close();
	const [http, https] = receiver.received.map(
		({ body }) => JSON.parse(body) as Record<string, unknown>,
	);
	expect(http).toMatchObject({ stepName: '回访', createTimestamp: expect.any(Number) });
	expect(https).toMatchObject({ creatTimestamp: expect.stringMatching(/^\d{13}$/) });
	expect(https).not.toHaveProperty('createTimestamp');
});
