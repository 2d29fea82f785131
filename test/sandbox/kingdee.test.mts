import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { authorityInfo } from '../../sandbox/kingdee/authorityInfo.mts';
import { appSignature, hmacText, stringToSign } from '../../sandbox/kingdee/xApi.mts';
import { get, hexBase64, kingdee, kingdeeSigned } from './clients.mts';
import type { Changes } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const HANDLE = '/weigusoft/wg_crm/wg_handleBillBusinessApi';
const LIST = '/weigusoft/wg_cost/loadList';
const LOAD = '/weigusoft/wg_cost/loadData';
const USER = '/weigusoft/basedata/get_current_user_info';
const UPLOAD = '/jdy/basedata/attachment_upload';
const AUTHORISE = '/jdyconnector/app_management/push_app_authorize';
const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';

/** The request sample of the seed. */
const sampleBody = {
	orderNo: 'fwgs-20250605-00000001',
	handlesdate: '2025-07-17 08:11:41',
	handleedate: '2025-07-17 18:11:41',
	handlemanid: '1697009251337127936',
	handledeptid: '1697221606960547840',
	wxztid: 'F',
	combofield: 'F',
	diff: 10,
	processid: '2',
	wtyyid: '1895123256688528389',
	clfaid: '1895123523051994117',
	cljgid: '2028468841138471936',
	clsmid: '处理说明',
	labs: [{ id: '2234984992394486784' }],
	lat: '',
	lgt: '',
	handleAddress: '',
	attmentInforspre: [
		{
			url: 'https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-d216cbc4-c434-42a1-87ec-3b10341d306a',
			name: '-01353.png',
		},
	],
	attmentInforsafter: [
		{
			url: 'https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-a814cf4c-c040-4e7a-9e31-550d67b766f1',
			name: '背景图.png',
		},
	],
};
const sample = { entity: '', id: '2230413444614467584', flag: 'handle-order', body_: sampleBody };
const SUCCESS = '{"data":"操作成功","errorCode":"success","status":true,"success":true}';

const handle = async (body: object, changes?: Changes) =>
	await kingdee(sandbox, HANDLE, body, changes);
const errorCode = async (path: string, body: object, changes?: Changes) =>
	(await kingdee(sandbox, path, body, changes)).json['errorCode'];
const order = () => sandbox.kingdee.workOrders()[0];

describe('published vectors', () => {
	it.each([
		[
			'17464962873ecbcaebacdebe9b82fdce',
			'YiyLl+eZDehXLRo2mpBLziNDxg5w6wjrfZ4AxgROyyyORJYkB7sQbQxjK9gO33E/',
		],
		[
			'1751589696b6fadec8ca66f4bff7eece',
			'80YVhAfnQaOYK7vgQL1NZOCzmT9slfIZW8j01JnRwGPlJhpCXkVtaJW70RN/XQPn',
		],
		[
			'1773538584aefabf5cdc22dbecbea65d',
			'5WrG/TIIn2mBi1i5zjz+p+ochGEpV2UCp+eExRSkMnuQmTSvuzxKWR8RRaynxAog',
		],
	])('accepts the authority_info of token %s', async (access_token, authority_info) => {
		expect(authorityInfo(access_token, '10102023')).toBe(authority_info);
		sandbox.kingdee.issueToken(access_token);
		const answer = await handle(sample, { query: { access_token, authority_info } });
		expect(answer.text).toBe(SUCCESS);
	});

	it('makes the published X-Api-Signature and app_signature', () => {
		const message = stringToSign(
			'GET',
			TOKEN,
			'app_key=bVZgAZOv1&app_signature=MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA%3D%3D',
			'4427456950',
			'1670305063559',
		);
		expect(message).toBe(
			'GET\n%2Fjdyconnector%2Fapp_management%2Fkingdee_auth_token\n' +
				'app_key=bVZgAZOv1&app_signature=MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA%253D%253D\n' +
				'x-api-nonce:4427456950\nx-api-timestamp:1670305063559\n',
		);
		expect(hmacText('f2adcfef73369bfc4e1384677d38a0ff', message)).toBe(
			'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
		);
		expect(appSignature('abc', 'abc123')).toBe(
			'ZDljMTI3NGIyNTE1MTRkYzlkNjc1MDNhYjUzMzgzNWMyY2M4YTdjMzdmNmM3YTVlNDkxMTkzNjdiOTFjNzUyZQ==',
		);
	});

	it('lets the published X-Api request through the gateway at its time', async () => {
		sandbox.clock.advance(1670305063559 - Date.now());
		const answer = await kingdeeSigned(
			sandbox,
			'GET',
			TOKEN,
			{
				app_key: 'bVZgAZOv1',
				app_signature:
					'MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA==',
			},
			{
				'X-Api-Nonce': '4427456950',
				'X-Api-TimeStamp': '1670305063559',
				'X-Api-Signature':
					'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
			},
		);
		// Past the gateway: its app key is not one of the sandbox.
		expect(answer).toMatchObject({ status: 200, json: { errcode: 1020002008 } });
	});

	it('sorts and encodes a query as the Java client does', () => {
		const [, , query] = stringToSign(
			'GET',
			'/a',
			'page_size=1&page=2&page1=3&q=%E4%B8%AD+*~',
			'1',
			'2',
		).split('\n');
		expect(query).toBe('page1=3&page=2&page_size=1&q=%25E4%25B8%25AD%2B%2A%257E');
	});
});

describe('scheme A', () => {
	it('sends wrong routers nowhere and moved ones to 502', async () => {
		const to = async (address: string | undefined) =>
			await handle(sample, { headers: { 'X-GW-Router-Addr': address } });
		expect(await to('https://vip1-hz.jdy.com')).toMatchObject({ status: 404, text: 'No Route' });
		expect(await to('https://tf.jdy.com/')).toMatchObject({ status: 404 });
		expect(await to(undefined)).toMatchObject({ status: 404 });
		sandbox.kingdee.moveDomain('https://tf-ek.jdy.com');
		expect(await to('https://tf.jdy.com')).toMatchObject({ status: 502 });
		expect((await to('https://tf-ek.jdy.com')).text).toBe(SUCCESS);
	});

	it('answers 519 to empty, unknown and expired tokens', async () => {
		const withToken = async (access_token: string) => {
			const { status, json } = await handle(sample, { query: { access_token } });
			return [status, json['errcode']];
		};
		const { accessToken } = sandbox.accounts.kingdee;
		expect(await withToken('')).toEqual([519, 4009]);
		expect(await withToken('1751589696b6fadec8ca66f4bff7eecf')).toEqual([519, 4010]);
		sandbox.clock.advance(24 * 3_600_000 - 5000);
		expect((await handle(sample)).text).toBe(SUCCESS);
		sandbox.clock.advance(6000);
		expect(await withToken(accessToken)).toEqual([519, 4011]);
		sandbox.kingdee.issueToken(accessToken);
		expect((await handle(sample)).text).toBe(SUCCESS);
		sandbox.kingdee.expireTokens();
		expect(await withToken(accessToken)).toEqual([519, 4011]);
	});

	it.each(['groupName', 'accountId', 'Appuserid', 'Content-Type'])(
		'needs header %s',
		async (name) => {
			const headers =
				name === 'Content-Type' ? { 'content-type': 'text/plain' } : { [name]: undefined };
			expect((await handle(sample, { headers })).json).toMatchObject({
				data: null,
				status: false,
				success: false,
				message: expect.stringContaining(name),
			});
		},
	);

	it('answers 11010001 once the group has moved', async () => {
		sandbox.kingdee.moveGroup('ns-v7g6');
		expect(await errorCode(HANDLE, sample)).toBe('11010001');
		expect((await handle(sample, { headers: { groupName: 'ns-v7g6' } })).text).toBe(SUCCESS);
	});

	it('wants authority_info of this token and this user', async () => {
		const { accessToken } = sandbox.accounts.kingdee;
		const withInfo = async (authority_info: string, headers = {}) =>
			await errorCode(HANDLE, sample, { query: { authority_info }, headers });
		expect(await withInfo('')).toBe('1030002000');
		expect(await withInfo('nonsense')).toBe('1020002008');
		expect(await withInfo(authorityInfo('x', '10102023'))).toBe('1020002008');
		expect(await withInfo(authorityInfo(accessToken, '10102024'))).toBe('1020002008');
		const engineer = { Appuserid: '10102024' };
		expect(await withInfo(authorityInfo(accessToken, '10102024'), engineer)).toBe('1020002008');
	});

	it('reads a raw + in the query as a space unless told otherwise', async () => {
		const token = sandbox.kingdee.issueToken('17464962873ecbcaebacdebe9b82fdce');
		const raw = {
			access_token: token,
			authority_info: authorityInfo(token, '10102023').replace('+', ' '),
		};
		expect(await errorCode(HANDLE, sample, { query: raw })).toBe('1020002008');
		sandbox.kingdee.acceptsRawPlus = true;
		expect((await handle(sample, { query: raw })).text).toBe(SUCCESS);
	});

	it('refuses the 501st call of a minute', async () => {
		expect(sandbox.kingdee.limitPerMinute).toBe(500);
		sandbox.kingdee.limitPerMinute = 2;
		await handle(sample);
		await handle(sample);
		expect((await handle(sample)).status).toBe(429);
		sandbox.clock.advance(61_000);
		expect((await handle(sample)).text).toBe(SUCCESS);
	});
});

describe('handle-order', () => {
	it('takes the sample of the seed and answers its answer', async () => {
		expect((await handle(sample)).text).toBe(SUCCESS);
		expect(order()).toMatchObject({
			billstatus: 'F',
			completionprogress: 2,
			totalservicehours: 10,
		});
		expect(sandbox.kingdee.dealRecords()).toMatchObject([
			{
				billno: expect.stringMatching(/^CLJL-\d{8}-\d{8}$/),
				sourcebillno: 'fwgs-20250605-00000001',
				remark: '处理说明',
				mulemp: [{ fbasedataid_id: '2234984992394486784' }],
				wg_after_image: [{ name: '背景图.png' }],
			},
		]);
	});

	it('finishes an order', async () => {
		const body_ = { ...sampleBody, wxztid: 'H', combofield: 'H', processid: '100' };
		expect((await handle({ ...sample, body_, pageindex: 1, pagesize: 10 })).text).toBe(SUCCESS);
		expect(order()).toMatchObject({ billstatus: 'H', actualcompletiontime: '2025-07-17 18:11:41' });
	});

	it.each([
		'orderNo',
		'handlesdate',
		'handleedate',
		'handlemanid',
		'handledeptid',
		'wxztid',
		'combofield',
		'processid',
		'wtyyid',
		'clfaid',
		'cljgid',
	])('needs %s', async (field) => {
		for (const empty of [undefined, '']) {
			const { json } = await handle({ ...sample, body_: { ...sampleBody, [field]: empty } });
			expect(json).toMatchObject({
				errorCode: '1030002000',
				message: expect.stringContaining(field),
				success: false,
			});
		}
		expect(sandbox.kingdee.dealRecords()).toEqual([]);
	});

	it.each([
		['a date of another form', { handlesdate: '2025-07-17T08:11:41' }],
		['a day that is none', { handlesdate: '2025-02-30 08:11:41' }],
		['an end before the start', { handleedate: '2025-07-17 08:11:40' }],
		['states that differ', { combofield: 'H' }],
		['an unknown state', { wxztid: 'A', combofield: 'A' }],
		['a negative progress', { processid: '-1' }],
		['a progress that is no number', { processid: 'two' }],
		['a numeric progress', { processid: 2 }],
		['a numeric id', { handlemanid: 1697009251337128000 }],
		['an id with letters', { wtyyid: '18951x' }],
		['helpers that are no objects', { labs: ['2234984992394486784'] }],
		['a helper without id', { labs: [{}] }],
		['a photo without name', { attmentInforspre: [{ url: 'https://a.test/1' }] }],
		['a photo list that is none', { attmentInforsafter: 'x' }],
		['hours as text', { diff: '10' }],
	])('refuses %s', async (_what, changes) => {
		const { json } = await handle({ ...sample, body_: { ...sampleBody, ...changes } });
		expect(json).toMatchObject({ status: false, success: false });
	});

	it.each([
		['no entity', { entity: undefined }],
		['another flag', { flag: 'dispatch' }],
		['a numeric id', { id: 2230413444614467600 }],
		['a rounded id', { id: '2230413444614467600' }],
		['the id of another order', { id: '2230413444614467585' }],
		['body in place of body_', { body_: undefined, body: sampleBody }],
		['body_ as text', { body_: JSON.stringify(sampleBody) }],
		['pageindex as text', { pageindex: '1' }],
	])('refuses %s', async (_what, changes) => {
		expect((await handle({ ...sample, ...changes })).json).toMatchObject({ success: false });
	});
});

describe('generic calls', () => {
	const list = async (body: object) => (await kingdee(sandbox, LIST, body)).json['data'];

	it('tells who the token belongs to, without authority_info and Appuserid', async () => {
		const { json } = await kingdee(
			sandbox,
			USER,
			{},
			{
				query: { authority_info: undefined },
				headers: { Appuserid: undefined },
			},
		);
		expect(json).toMatchObject({ data: { id: '10102023' }, errorCode: 'success', success: true });
	});

	it('filters, sorts, selects, pages and counts', async () => {
		const entityName = 'wg_service_workorder';
		const selectProperties = 'billno,servicecustomer.name';
		expect(
			await list({
				entityName,
				selectProperties,
				andQfilters: [{ property: 'billno', cp: 'like', value: 'fwgs-20250605%' }],
				orderBy: 'number desc',
			}),
		).toEqual({
			rows: [
				{
					id: '2230413444614467585',
					billno: 'fwgs-20250605-00000002',
					servicecustomer: { name: '南京示例机电有限公司' },
				},
				{
					id: '2230413444614467584',
					billno: 'fwgs-20250605-00000001',
					servicecustomer: { name: '南京示例机电有限公司' },
				},
			],
			count: '2',
		});
		expect(await list({ entityName, pageindex: 2, pagesize: 2 })).toMatchObject({
			rows: [{ billstatus: 'H' }],
			count: '3',
		});
		const done = [{ property: 'billstatus', cp: '=', value: 'H' }];
		expect(await list({ entityName, andQfilters: done, onlyCount: true })).toEqual({ count: '1' });
		sandbox.kingdee.listShape = 'array';
		expect(await list({ entityName, andQfilters: done })).toMatchObject([{ billstatus: 'H' }]);
	});

	it('refuses operators that are not published, unknown entities and too many rows', async () => {
		const entityName = 'wg_service_workorder';
		const andQfilters = [{ property: 'billdate', cp: '>', value: '2025' }];
		expect(await errorCode(LIST, { entityName, andQfilters })).toBe('1030002006');
		expect(await errorCode(LIST, { entityName: 'wg_nothing' })).toBe('1030002003');
		expect(await errorCode(LIST, {})).toBe('1030002000');
		expect(await errorCode(LIST, { entityName, pagesize: 1001 })).toBe('1030002006');
		expect(await errorCode(LIST, { entityName: 'wg_deal_record' })).toBe('1030002000');
	});

	it('lists the processing records of an order', async () => {
		await handle(sample);
		const body = {
			entityName: 'wg_deal_record',
			selectProperties: 'billno,remark',
			andQfilters: [{ property: 'sourcebillno', cp: '=', value: 'fwgs-20250605-00000001' }],
		};
		expect(await list(body)).toMatchObject({ rows: [{ remark: '处理说明' }], count: '1' });
	});

	it('loads one order by an exact id', async () => {
		const entityName = 'wg_service_workorder';
		const { json } = await kingdee(sandbox, LOAD, { entityName, id: '2230413444614467585' });
		expect(json['data']).toMatchObject({ billno: 'fwgs-20250605-00000002', promble: '漏水' });
		expect(await errorCode(LOAD, { entityName, id: '2230413444614467500' })).toBe('1030002003');
	});
});

describe('attachment_upload', () => {
	const upload = async (content: Uint8Array<ArrayBuffer>) => {
		const form = new FormData();
		form.append('file', new Blob([content], { type: 'image/png' }), '处理前.png');
		const query = { authority_info: undefined };
		return (await kingdee(sandbox, UPLOAD, undefined, { raw: form, query })).json;
	};
	const bytes = (length: number) => new Uint8Array(length).fill(65);

	it('stores a file that a work order may name until it expires', async () => {
		const json = await upload(bytes(3));
		expect(json).toMatchObject({ errorCode: 'success', success: true });
		const { file } = json['data'] as { file: string };
		expect(file).toMatch(
			/^http:\/\/127\.0\.0\.1:\d+\/ierp\/tempfile\/download\.do\?configKey=redis\.serversForCache\.tempfile&id=tempfile-[0-9a-f-]{36}$/,
		);
		expect(await get(file)).toMatchObject({ status: 200, text: 'AAA' });
		expect(sandbox.requests()[0]?.parts[0]).toMatchObject({ name: 'file', fileName: '处理前.png' });
		const attmentInforspre = [{ url: file, name: '处理前.png' }];
		const withPhoto = { ...sample, body_: { ...sampleBody, attmentInforspre } };
		expect((await handle(withPhoto)).text).toBe(SUCCESS);
		sandbox.clock.advance(15 * 60_000);
		expect((await get(file)).status).toBe(404);
		expect((await handle(withPhoto)).json).toMatchObject({ errorCode: '1030002003' });
	});

	it('refuses more than 10 MB', async () => {
		expect(await upload(bytes(10 * 1024 * 1024 + 1))).toMatchObject({ success: false });
	});
});

describe('scheme B', () => {
	const ask = async (headers = {}) => {
		const query = { outerInstanceId: sandbox.accounts.kingdee.outerInstanceId };
		return await kingdeeSigned(sandbox, 'POST', AUTHORISE, query, headers);
	};
	const token = async (query: Record<string, string> = {}, secret = sandbox.kingdee.appSecret) =>
		await kingdeeSigned(sandbox, 'GET', TOKEN, {
			app_key: 'abc',
			app_signature: hexBase64(secret, 'abc'),
			...query,
		});

	it('answers the authorisation row of an instance', async () => {
		const { json } = await ask();
		expect(json).toMatchObject({
			code: 200,
			data: [
				{
					accountId: '1683187060740048426',
					groupName: 'ns-f51c',
					domain: 'https://tf.jdy.com',
					status: 1,
					appKey: 'abc',
					appSecret: 'abc123',
				},
			],
		});
		const other = await kingdeeSigned(sandbox, 'POST', AUTHORISE, {
			outerInstanceId: '418370618707400485',
		});
		expect(other.json).toMatchObject({ code: 200, data: [] });
		const all = await kingdeeSigned(sandbox, 'POST', AUTHORISE, {});
		expect(all.json).toMatchObject({ code: 200, data: { length: 1 } });
	});

	it.each([
		[4001, { 'X-Api-Auth-Version': '1.0' }],
		[4002, { 'X-Api-ClientID': undefined }],
		[4003, { 'X-Api-ClientID': '1' }],
		[4006, { 'X-Api-TimeStamp': '1670305063' }],
		[4006, { 'X-Api-TimeStamp': '1670305063559' }],
		[4007, { 'X-Api-SignHeaders': 'X-Api-TimeStamp' }],
		[4007, { 'X-Api-Nonce': 'abc' }],
		[4008, { 'X-Api-Signature': 'x' }],
	])('answers 519 and %i to %j', async (errcode, headers) => {
		const answer = await ask(headers);
		expect(answer).toMatchObject({
			status: 519,
			json: { errcode, description: expect.any(String) },
		});
	});

	it('issues a token for the administrator or for a named user, accepted by weigusoft', async () => {
		const { json } = await token();
		const data = json['data'] as Record<string, unknown>;
		expect(json).toMatchObject({ errcode: 0, description: 'success' });
		expect(Object.keys(data).sort()).toEqual([
			'access_token',
			'app-token',
			'domain',
			'expires',
			'uid',
		]);
		expect(Number(data['expires']) - sandbox.clock.now()).toBeGreaterThan(86_000_000);
		const access_token = String(data['access_token']);
		expect(access_token).toMatch(/^\d{10}[0-9a-f]{22}$/);
		expect((await handle(sample, { query: { access_token } })).text).toBe(SUCCESS);

		const engineer = (await token({ uid: '90002' })).json['data'] as Record<string, unknown>;
		const query = { access_token: String(engineer['access_token']) };
		expect((await handle(sample, { query })).json).toMatchObject({ errorCode: '1020002008' });
		const headers = { Appuserid: '10102024' };
		expect((await handle(sample, { query, headers })).text).toBe(SUCCESS);
		expect((await token({ uid: '1' })).json).toMatchObject({ errcode: 1030002003 });
	});

	it('refuses the secret of yesterday until the row is fetched again', async () => {
		expect((await token({}, 'wrong')).json).toMatchObject({ errcode: 1030002006 });
		const old = sandbox.kingdee.appSecret;
		sandbox.kingdee.rotateAppSecret();
		expect((await token({}, old)).json).toMatchObject({ errcode: 1030002006 });
		const [row] = (await ask()).json['data'] as { appSecret: string }[];
		expect((await token({}, row?.appSecret)).json).toMatchObject({ errcode: 0 });
		expect((await token({ app_key: 'abd' })).json).toMatchObject({ errcode: 1020002008 });
	});

	it('knows the gateway codes for unknown APIs and methods', async () => {
		expect((await kingdee(sandbox, '/weigusoft/nothing', {})).json).toMatchObject({
			errcode: 5001,
		});
		expect((await kingdeeSigned(sandbox, 'POST', TOKEN, {})).json).toMatchObject({ errcode: 5002 });
	});
});
