import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { decryptCallback, encryptCallback, signCallback } from '../../sandbox/weiban/crypto.mts';
import { call, weiban, weibanToken } from './clients.mts';
import type { Query } from './clients.mts';
import { openReceiver } from './receiver.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const token = async () => String((await weibanToken(sandbox)).json['access_token']);
const errcode = async (name: string, query: Query) =>
	(await weiban(sandbox, name, query)).json['errcode'];

describe('access_token/get', () => {
	it('answers a token that works for 7200 s', async () => {
		const answer = await weibanToken(sandbox);
		expect(answer.json).toEqual({
			errcode: 0,
			errmsg: 'ok',
			access_token: expect.any(String),
			expires_in: 7200,
		});
		const access_token = String(answer.json['access_token']);
		expect(await errcode('list', { access_token })).toBe(0);
		sandbox.clock.advance(7_199_000);
		expect(await errcode('list', { access_token })).toBe(0);
		sandbox.clock.advance(2000);
		expect(await errcode('list', { access_token })).toBe(10001);
	});

	it('tells a wrong corp from a wrong secret', async () => {
		const { corpId, secret } = sandbox.accounts.weiban;
		const refused = async (body: unknown) => (await weibanToken(sandbox, body)).json['errcode'];
		expect(await refused({ corp_id: '1', secret })).toBe(10002);
		expect(await refused({ corp_id: corpId, secret: 'x' })).toBe(10003);
		expect(await refused({ corp_id: Number(corpId), secret })).toBe(10049);
		expect(await refused([])).toBe(10049);
		const url = `${sandbox.addresses.weiban}/open-api/access_token/get`;
		expect((await call('GET', url, {})).status).toBe(405);
	});

	it('refuses missing, bad and ended tokens with HTTP 200 unless told otherwise', async () => {
		const access_token = await token();
		sandbox.weiban.expireTokens();
		expect(await errcode('detail', { access_token })).toBe(10001);
		expect(await errcode('detail', {})).toBe(10001);
		expect((await weiban(sandbox, 'detail', {})).status).toBe(200);
		sandbox.weiban.failureHttpStatus = 401;
		expect((await weiban(sandbox, 'detail', {})).status).toBe(401);
	});

	it('ends older tokens only when told to', async () => {
		const first = await token();
		await token();
		expect(await errcode('list', { access_token: first })).toBe(0);
		sandbox.weiban.newTokenEndsOld = true;
		await token();
		expect(await errcode('list', { access_token: first })).toBe(10001);
	});
});

describe('detail', () => {
	it('sends 19-digit numbers in component records, strings above them', async () => {
		const { text } = await weiban(sandbox, 'detail', {
			access_token: await token(),
			order_no: '1471808049579560960',
		});
		expect(text.match(/"order_no":"1471808049579560960"/g)).toHaveLength(1);
		expect(text.match(/"order_no":1471808049579560960,/g)).toHaveLength(5);
		expect(text.match(/"corp_id":"1653682321878942721"/g)).toHaveLength(1);
		expect(text.match(/"corp_id":1653682321878942721,/g)).toHaveLength(5);
	});

	it('answers the sample of the seed', async () => {
		const { json } = await weiban(sandbox, 'detail', {
			access_token: await token(),
			order_no: '1471808049579560960',
		});
		const order = json['work_order'] as Record<string, unknown>;
		expect(Object.keys(json)).toEqual(['errcode', 'errmsg', 'work_order']);
		expect(order).toMatchObject({
			id: 26369,
			status: 10,
			deleted: 0,
			cc_list: [],
			content: { pic: [], text: '2021年12月17日19:42:45' },
			last_handler_id: '',
			relation_name: '大大怪',
			created_at: 1639741382,
			processing_flows: [
				{ id: 114049, type: 2, type_name: '待处理', cc_list: null, content: { pic: null } },
				{ id: 113921, type: 1, type_name: '新建工单' },
			],
		});
		const records = order['work_order_component_record_list'] as Record<string, unknown>[];
		expect(records.map(({ values }) => values)).toEqual([[], null, null, '', ['上海']]);
		expect(records[0]?.['created_at']).toBe('2021-12-17T19:43:02+08:00');
		expect(Object.keys(records[0] ?? {})).toHaveLength(12);
	});

	it.each(['1471808049579560961', '2230413444614467584', '9007199254740993'])(
		'keeps all digits of %s',
		async (order_no) => {
			const { text } = await weiban(sandbox, 'detail', { access_token: await token(), order_no });
			expect(text).toContain(`"order_no":"${order_no}"`);
			expect(text).toContain(`"order_no":${order_no},`);
		},
	);

	it('answers 22301 to a rounded or unknown number', async () => {
		const access_token = await token();
		expect(await errcode('detail', { access_token, order_no: '1471808049579561000' })).toBe(22301);
		expect(await errcode('detail', { access_token })).toBe(22301);
	});
});

describe('list', () => {
	const list = async (query: Query) =>
		(await weiban(sandbox, 'list', { access_token: await token(), ...query })).json as {
			errcode: number;
			total: number;
			workorder_list: Record<string, unknown>[];
		};

	it('answers 17 fields a row, newest first', async () => {
		const { total, workorder_list: rows } = await list({});
		expect(total).toBe(4);
		expect(Object.keys(rows[0] ?? {})).toHaveLength(17);
		expect(rows.map((row) => row['order_no'])).toEqual([
			'9007199254740993',
			'2230413444614467584',
			'1471808049579560961',
			'1471808049579560960',
		]);
		expect(rows[3]).toMatchObject({ last_handler_id: null, created_at: 1639741382, status: 10 });
	});

	it('pages by limit and offset, 30 unless asked, 100 at most', async () => {
		for (let n = 0; n < 116; n++) sandbox.weiban.createWorkOrder();
		expect((await list({})).workorder_list).toHaveLength(30);
		const page = await list({ limit: '100', offset: '100' });
		expect(page).toMatchObject({ total: 120, workorder_list: { length: 20 } });
		expect((await list({ limit: '101' })).errcode).toBe(10049);
		expect((await list({ offset: '-1' })).errcode).toBe(10049);
		sandbox.weiban.aboveMaximum = 'cut';
		expect((await list({ limit: '101' })).workorder_list).toHaveLength(100);
	});

	it('filters by time only with both ends', async () => {
		const start = '1639741443';
		expect((await list({ start_time: start })).total).toBe(4);
		expect((await list({ start_time: start, end_time: '1639741502' })).total).toBe(1);
		sandbox.weiban.changeWorkOrder('1471808049579560960', { updated_at: 1639741443 });
		sandbox.weiban.timeFilter = 'updated_at';
		expect((await list({ start_time: start, end_time: start })).total).toBe(1);
	});

	it('searches titles', async () => {
		expect((await list({ title: '2021年12月17日' })).total).toBe(1);
		sandbox.weiban.titleMatch = 'exact';
		expect((await list({ title: '2021年12月17日' })).total).toBe(0);
	});
});

describe('limits', () => {
	it('answers 10053 to the 601st call of a minute and for 60 s after', async () => {
		const access_token = await token();
		sandbox.weiban.limitPerMinute = 3;
		for (let n = 0; n < 3; n++) expect(await errcode('list', { access_token })).toBe(0);
		expect(await errcode('list', { access_token })).toBe(10053);
		expect(await errcode('detail', { access_token })).toBe(22301);
		sandbox.clock.advance(59_000);
		expect(await errcode('list', { access_token })).toBe(10053);
		sandbox.clock.advance(1500);
		expect(await errcode('list', { access_token })).toBe(0);
	});

	it('has the published figures and can be switched off', async () => {
		expect(sandbox.weiban).toMatchObject({
			limitInFlight: 5,
			limitPerMinute: 600,
			limitPerHour: 36000,
		});
		sandbox.weiban.limitPerMinute = Infinity;
		sandbox.weiban.limitPerHour = 1;
		const access_token = await token();
		expect(await errcode('list', { access_token })).toBe(0);
		expect(await errcode('list', { access_token })).toBe(10053);
		sandbox.clock.advance(59 * 60_000);
		expect(await errcode('list', { access_token })).toBe(10053);
	});

	it('answers 10052 to the sixth call in flight, not to the five before', async () => {
		const access_token = await token();
		sandbox.faults.add({ kind: 'latency', ms: 60, path: 'list', times: Infinity });
		const codes = await Promise.all(
			Array.from({ length: 7 }, async () => await errcode('list', { access_token })),
		);
		expect(codes.sort()).toEqual([0, 0, 0, 0, 0, 10052, 10052]);
		expect(await errcode('list', { access_token })).toBe(0);
	});

	it('can answer empty pages instead, as one client saw', async () => {
		const access_token = await token();
		sandbox.weiban.limitInFlight = 0;
		sandbox.weiban.emptyPageAboveLimit = true;
		const { json } = await weiban(sandbox, 'list', { access_token });
		expect(json).toMatchObject({ errcode: 0, workorder_list: [] });
	});
});

describe('events', () => {
	const { token: callbackToken, encodingAesKey } = {
		token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
		encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
	};

	it('reproduces the published vector', () => {
		const echostr =
			'505deLub74lMxyhj6SZk55rjDRxM7lEzVa/8ZFdOUWkkv9kFpNI+9c3YLRLDjL+1GEIWpvuQSFw2ck2zb0QcAQ==';
		expect(signCallback(callbackToken, '1639731768', '64390332', echostr)).toBe(
			'8ddba101fe5f9404e6b28e2d6cfb7565c7572d09',
		);
		const { random, message, receiveId } = decryptCallback(encodingAesKey, echostr);
		expect({ message, receiveId }).toEqual({
			message: '80908904',
			receiveId: 'ww1436e0e65a779aee',
		});
		expect(encryptCallback(encodingAesKey, message, receiveId, random)).toBe(echostr);
	});

	it('pushes a signed, encrypted event', async () => {
		const receiver = await openReceiver();
		const msgData = { order_no: '1471808049579560960', staff_id: 'LiuYang' };
		const delivery = await sandbox.weiban.push(receiver.url, 'create', msgData);
		await sandbox.weiban.push(receiver.url, 'close', msgData, {
			badSignature: true,
			retryCount: 2,
		});
		await receiver.close();
		expect(delivery).toMatchObject({ status: 200, body: '{}' });

		const [created, closed] = receiver.received.map(({ query, body }) => {
			const { corp_id, encrypt } = JSON.parse(body) as Record<string, string>;
			const { timestamp = '', nonce = '' } = query;
			return {
				corp_id,
				path: query['path'],
				signed:
					query['msg_signature'] === signCallback(callbackToken, timestamp, nonce, String(encrypt)),
				event: JSON.parse(decryptCallback(encodingAesKey, String(encrypt)).message) as {
					create_time: number;
				},
			};
		});
		expect(created).toMatchObject({
			corp_id: '1653682321878942721',
			path: '1',
			signed: true,
			event: {
				id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				corp_id: '1653682321878942721',
				type: 'event',
				event: 'work_order_change',
				status: 'create',
				retry_count: 0,
				msg_data: msgData,
			},
		});
		expect(closed).toMatchObject({ signed: false, event: { status: 'close', retry_count: 2 } });
		// Float seconds in create events, milliseconds in close events.
		expect(created?.event.create_time).toBeLessThan(1e11);
		expect(closed?.event.create_time).toBeGreaterThan(1e11);
	});

	it('checks a URL with an encrypted echostr', async () => {
		const receiver = await openReceiver('80908904');
		const delivery = await sandbox.weiban.checkUrl(receiver.url, '80908904');
		await receiver.close();
		expect(delivery).toMatchObject({ status: 200, body: '80908904', message: '80908904' });
		const echostr = receiver.received[0]?.query['echostr'] ?? '';
		expect(decryptCallback(encodingAesKey, echostr).message).toBe('80908904');
	});
});
