import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { kingdee } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const SAVE = '/weigusoft/wg_cost/saveBill';
const DELETE = '/weigusoft/wg_cost/deleteBill';
const COMMON = '/weigusoft/wg_crm/commonApi';
const LOAD = '/weigusoft/wg_cost/loadData';
const UPLOAD = '/jdy/basedata/attachment_upload';
const SUCCESS = '{"data":"操作成功","errorCode":"success","status":true,"success":true}';
const ORDER = 'wg_service_workorder';
const id = '2230413444614467584';

const post = async (path: string, body: unknown) => (await kingdee(sandbox, path, body)).json;
const load = async (entityName: string, bill: string) =>
	(await post(LOAD, { entityName, id: bill }))['data'];

describe('saveBill', () => {
	it('creates an order, with references by _id', async () => {
		const data = { promble: '漏水', servicecustomer_id: '1701234567890123457', dealman_id: '5' };
		const answer = await post(SAVE, { entityName: ORDER, data });
		expect(answer).toMatchObject({ errorCode: 'success', success: true });
		const saved = answer['data'] as { id: string; billno: string };
		expect(saved.id).toMatch(/^\d{19}$/);
		expect(saved.billno).toMatch(/^fwgs-\d{8}-\d{8}$/);
		expect(await load(ORDER, saved.id)).toMatchObject({
			billno: saved.billno,
			billstatus: 'A',
			promble: '漏水',
			servicecustomer: { id: '1701234567890123457', name: '南京示例机电有限公司' },
			dealman: { id: '5' },
			dealdept: null,
		});
	});

	it('changes what is named and nothing else', async () => {
		const data = { id, comment: '加急', dealman_id: '' };
		expect(await post(SAVE, { entityName: ORDER, data })).toMatchObject({ success: true });
		expect(await load(ORDER, id)).toMatchObject({
			comment: '加急',
			dealman: null,
			promble: '设备无法启动',
		});
		expect(sandbox.kingdee.workOrders()).toHaveLength(3);
	});

	it('takes bare 19-digit references and rows of sub-tables digit for digit', async () => {
		const body = `{"entityName":"${ORDER}","data":{"id":"${id}","project_id":2234984992394486785,"material_entity":[{"material_id":2234984992394486787,"qty":2}]}}`;
		expect((await kingdee(sandbox, SAVE, undefined, { raw: body })).json).toMatchObject({
			success: true,
		});
		expect(await load(ORDER, id)).toMatchObject({
			project: { id: '2234984992394486785' },
			material_entity: [{ material_id: '2234984992394486787', qty: 2 }],
		});
	});

	it('saves records of every named entity', async () => {
		const entityName = 'wg_inv_crm_contact';
		const data = { name: '李女士', labels: [{ fbasedataid_id: '7' }] };
		const { id: contact } = (await post(SAVE, { entityName, data }))['data'] as { id: string };
		expect(await load(entityName, contact)).toEqual({ id: contact, ...data });
		expect(sandbox.kingdee.bills(entityName)).toHaveLength(2);
	});

	it.each<[string, object, string]>([
		['no entity', { data: { a: 1 } }, '1030002000'],
		['an unknown entity', { entityName: 'wg_x', data: { a: 1 } }, '1030002003'],
		['no data', { entityName: ORDER }, '1030002000'],
		['data as text', { entityName: ORDER, data: '{}' }, '1030002001'],
		['data without fields', { entityName: ORDER, data: { id } }, '1030002000'],
		['a bare id', { entityName: ORDER, data: { id: 7, comment: 'x' } }, '1030002001'],
		['an unknown id', { entityName: ORDER, data: { id: '7', comment: 'x' } }, '1030002003'],
		['a reference without _id', { entityName: ORDER, data: { dealman: '7' } }, '1030002001'],
		['a reference by name', { entityName: ORDER, data: { dealman_id: '张工' } }, '1030002006'],
		['a multi-select by id', { entityName: ORDER, data: { team: [{ id: '7' }] } }, '1030002001'],
		['an unknown field', { entityName: ORDER, data: { problem: 'x' } }, '1030002006'],
	])('refuses %s', async (_what, body, errorCode) => {
		expect(await post(SAVE, body)).toMatchObject({ errorCode, success: false });
		expect(sandbox.kingdee.workOrders()).toHaveLength(3);
	});

	it('answers in other shapes when told', async () => {
		const body = { entityName: ORDER, data: { id, comment: 'x' } };
		sandbox.kingdee.savedShape = 'id';
		expect(await post(SAVE, body)).toMatchObject({ data: id });
		sandbox.kingdee.savedShape = 'text';
		expect(await post(SAVE, body)).toMatchObject({ data: '操作成功' });
	});
});

describe('deleteBill', () => {
	it("deletes every id and answers the seed's answer", async () => {
		const ids = [id, '2230413444614467585'];
		const answer = await kingdee(sandbox, DELETE, { entityName: ORDER, ids });
		expect(answer.text).toBe(SUCCESS);
		expect(sandbox.kingdee.workOrders().map((order) => order.id)).toEqual(['2231150198437654017']);
	});

	it.each<[string, object, string]>([
		['no ids', { entityName: ORDER }, '1030002000'],
		['an empty list', { entityName: ORDER, ids: [] }, '1030002000'],
		['an id alone', { entityName: ORDER, ids: id }, '1030002001'],
		['a bare id', { entityName: ORDER, ids: [7] }, '1030002001'],
		['an unknown id', { entityName: ORDER, ids: [id, '7'] }, '1030002003'],
		['no entity', { ids: [id] }, '1030002000'],
	])('refuses %s and deletes nothing', async (_what, body, errorCode) => {
		expect(await post(DELETE, body)).toMatchObject({ errorCode, success: false });
		expect(sandbox.kingdee.workOrders()).toHaveLength(3);
	});
});

describe('commonApi', () => {
	const upload = async () => {
		const form = new FormData();
		form.append('file', new Blob(['AAA']), '照片.png');
		const query = { authority_info: undefined };
		const { json } = await kingdee(sandbox, UPLOAD, undefined, { raw: form, query });
		return (json['data'] as { file: string }).file;
	};
	const request = async (changes: object = {}) =>
		await post(COMMON, {
			api_name: 'api.LoadAttachmentFieldApi',
			url: await upload(),
			name: '照片.png',
			size: 3,
			...changes,
		});

	it('makes a record of an uploaded file', async () => {
		const answer = await request();
		expect(answer).toMatchObject({ success: true });
		expect(sandbox.kingdee.attachments()).toMatchObject([
			{ id: answer['data'], name: '照片.png', size: '3' },
		]);
		sandbox.kingdee.attachmentShape = 'object';
		expect((await request({ size: '3' }))['data']).toEqual({
			id: sandbox.kingdee.attachments()[1]?.id,
		});
	});

	it.each<[string, object, string]>([
		['another api', { api_name: 'api.Other' }, '1030002006'],
		['no address', { url: '' }, '1030002000'],
		['no name', { name: undefined }, '1030002000'],
		['no size', { size: undefined }, '1030002001'],
	])('refuses %s', async (_what, changes, errorCode) => {
		expect(await request(changes)).toMatchObject({ errorCode, success: false });
		expect(sandbox.kingdee.attachments()).toEqual([]);
	});

	it('refuses a file that has expired', async () => {
		const url = await upload();
		sandbox.clock.advance(15 * 60_000);
		expect(await request({ url })).toMatchObject({ errorCode: '1030002003' });
	});
});
