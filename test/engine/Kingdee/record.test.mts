import { commonRefusals, located, orderId, paths, useWorld } from './kingdee.mts';

const world = useWorld();
const entity = 'wg_inv_crm_contact';
const contact = '1801234567890123457';
const contacts = () => world().sandbox.kingdee.bills(entity);

describe('Get', () => {
	it('answers the record as Kingdee keeps it', async () => {
		const { items, error } = await world().run('record.get', {
			entity: located('list', entity),
			recordId: located('list', contact),
		});
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.load]);
		expect(world().requests()[0]?.body).toBe(
			`{"entityName":"${entity}","id":"${contact}","selectProperties":""}`,
		);
		expect(items.map(({ json }) => json)).toEqual(contacts());
	});

	it('asks for chosen fields, to a depth', async () => {
		const { items } = await world().run('record.get', {
			entity,
			recordId: contact,
			fieldNames: 'name， customer.name',
			options: { level: ' 2 ', onlyBasic: true },
		});
		expect(world().sent(paths.load)).toEqual({
			entityName: entity,
			id: contact,
			selectProperties: 'id,name,customer.name',
			level: '2',
			onlyBasic: true,
		});
		expect(items[0]?.json).toEqual({
			id: contact,
			name: '王先生',
			customer: { name: '南京示例机电有限公司' },
		});
	});

	it.each<[object, RegExp]>([
		[{ entity: '={{ "" }}', recordId: contact }, /^Entity is empty/],
		[{ entity, recordId: '={{ "" }}' }, /^Record is empty/],
		[{ entity, recordId: '={{ 1801234567890123457 }}' }, /^Record .*lost its last digits/],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await world().run('record.get', parameters as never);
		expect(error?.message).toMatch(message);
		expect(world().requests()).toEqual([]);
	});

	it.each([
		['wg_nothing', contact, 'entityName不存在 (Kingdee errorCode 1030002003)'],
		[entity, '7', '单据不存在 (Kingdee errorCode 1030002003)'],
	])('shows what Kingdee says about %s %s', async (name, recordId, message) => {
		const { error } = await world().run('record.get', { entity: name, recordId });
		expect(error?.message).toBe(message);
	});

	it('says so where the answer is empty', async () => {
		const body = '{"data":null,"errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await world().run('record.get', { entity, recordId: contact });
		expect(error?.message).toBe(`Record has no record in Kingdee: "${contact}"`);
	});
});

describe('Get Many', () => {
	it('lists any entity with conditions, fields and order', async () => {
		const { items, error } = await world().run('record.getAll', {
			entity: located('id', ' wg_bd_customer_inh '),
			fieldNames: 'name',
			conditions: { allOf: [{ property: 'name', operator: 'contains', value: '上海' }] },
			options: { orderBy: 'number asc', level: '1' },
		});
		expect(error).toBeUndefined();
		expect(world().sent(paths.list)).toEqual({
			entityName: 'wg_bd_customer_inh',
			pageindex: 1,
			pagesize: 50,
			selectProperties: 'id,name',
			andQfilters: [{ property: 'name', cp: 'like', value: '%上海%' }],
			orderBy: 'number asc',
			level: '1',
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ id: '1701234567890123999', name: '上海示例科技有限公司' },
		]);
	});

	it('asks for nothing but pages where nothing is said', async () => {
		const { items } = await world().run('record.getAll', { entity });
		expect(world().sent(paths.list)).toEqual({
			entityName: entity,
			pageindex: 1,
			pagesize: 50,
			selectProperties: '',
			andQfilters: [],
		});
		expect(items.map(({ json }) => json)).toEqual(contacts());
	});

	it('keeps ids that Kingdee sends as bare digits', async () => {
		const body =
			'{"data":[{"id":1801234567890123457,"n":9007199254740993}],"errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		const { items } = await world().run('record.getAll', { entity });
		expect(items[0]?.json).toEqual({ id: contact, n: '9007199254740993' });
	});

	it('answers no item for an empty list, and an error for a form that is not known', async () => {
		expect((await world().run('record.getAll', { entity: 'wg_activity' })).items).toEqual([]);
		const body = '{"data":"rows","errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await world().run('record.getAll', { entity });
		expect(error?.message).toBe('Kingdee sent a list in a form that is not known');
	});

	it('shows what Kingdee says about processing records without a selection', async () => {
		const { error } = await world().run('record.getAll', { entity: 'wg_deal_record' });
		expect(error?.message).toBe('selectProperties不能为空 (Kingdee errorCode 1030002000)');
		expect(error?.description).toContain('Fill in the field');
	});
});

describe('Save', () => {
	const data = '{"name": "李女士", "customer_id": 1701234567890123999}';

	it('creates a record of any entity', async () => {
		const { items, error } = await world().run('record.save', { entity, valuesAs: 'json', data });
		expect(error).toBeUndefined();
		expect(world().requests()[0]?.body).toBe(
			`{"entityName":"${entity}","data":{"name":"李女士","customer_id":1701234567890123999}}`,
		);
		expect(contacts()[1]).toMatchObject({
			id: items[0]?.json.id,
			name: '李女士',
			customer: { id: '1701234567890123999', name: '上海示例科技有限公司' },
		});
		expect(items[0]?.json).toMatchObject({ created: true, message: null });
	});

	it('changes one', async () => {
		const { items } = await world().run('record.save', {
			entity,
			recordId: contact,
			valuesAs: 'json',
			data,
		});
		expect(world().sent(paths.save).data).toMatchObject({ id: contact, name: '李女士' });
		expect(contacts()).toMatchObject([{ id: contact, name: '李女士', mobile: '13800000000' }]);
		expect(items[0]?.json).toMatchObject({ id: contact, created: false });
	});

	it.each<[object, RegExp]>([
		[{ entity: '={{ "" }}', data }, /^Entity is empty/],
		[{ entity, recordId: 'x', data }, /^Record is not a whole number/],
		[{ entity, data: '{}' }, /^Data has no field/],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await world().run('record.save', { valuesAs: 'json', ...parameters });
		expect(error?.message).toMatch(message);
		expect(world().requests()).toEqual([]);
	});

	it.each(commonRefusals)('advises about %s', async (errorCode, advice) => {
		const body = JSON.stringify({ errorCode, message: 'x', success: false });
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await world().run('record.save', { entity, valuesAs: 'json', data });
		expect(error?.description).toContain(advice);
	});

	const fields = async (parameters: object) =>
		await world().engine.mapperFields(
			world().node('record.save', parameters as never),
			'getRecordFields',
		);

	it('offers the fields of a sample of the chosen entity', async () => {
		const { fields: found } = await fields({ entity: located('list', entity) });
		expect(found.map(({ id, type }) => [id, type])).toEqual([
			['age', 'number'],
			['birthday', 'dateTime'],
			['customer_id', 'string'],
			['isdefault', 'boolean'],
			['labels', 'array'],
			['mobile', 'string'],
			['name', 'string'],
			['number', 'string'],
		]);
	});

	it('asks for an entity first, and shows the error of Kingdee', async () => {
		expect(await fields({ entity: located('list', '') })).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose an entity first.',
		});
		await expect(fields({ entity: located('id', 'wg_nothing') })).rejects.toThrow(
			'entityName不存在 (Kingdee errorCode 1030002003)',
		);
	});

	it('learns fields where lists want a selection', async () => {
		const data = { sourcebillno: 'fwgs-1', remark: 'x' };
		await world().run('record.save', { entity: 'wg_deal_record', valuesAs: 'json', data });
		const { fields: found } = await fields({ entity: located('list', 'wg_deal_record') });
		expect(found.map(({ id }) => id)).toEqual(['billno', 'remark', 'sourcebillno']);
	});
});

describe('Delete', () => {
	it('deletes one record and says so', async () => {
		const { items } = await world().run('record.delete', { entity, recordId: contact });
		expect(world().requests()[0]?.body).toBe(`{"ids":["${contact}"],"entityName":"${entity}"}`);
		expect(items[0]?.json).toEqual({ id: contact, deleted: true, message: '操作成功' });
		expect(contacts()).toEqual([]);
	});

	it.each([
		[{ entity, recordId: '={{ "" }}' }, /^Record is empty/],
		[{ entity: '={{ "" }}', recordId: contact }, /^Entity is empty/],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await world().run('record.delete', parameters);
		expect(error?.message).toMatch(message);
		expect(world().requests()).toEqual([]);
	});

	it('shows what Kingdee says about a record that is not there', async () => {
		const { error } = await world().run('record.delete', { entity, recordId: orderId });
		expect(error?.message).toBe(`单据${orderId}不存在 (Kingdee errorCode 1030002003)`);
	});
});

describe('the lists to pick from', () => {
	const search = async (list: string, parameters: object, filter?: string, page?: string) =>
		await world().engine.search(
			world().node('record.get', parameters as never),
			list,
			filter,
			page,
		);

	it('has the entities that are published, without a request', async () => {
		const { results } = await search('searchEntities', {}, 'contact');
		expect(results).toEqual([
			{ name: 'CRM Contact (wg_inv_crm_contact)', value: 'wg_inv_crm_contact' },
		]);
		expect((await search('searchEntities', {})).results).toHaveLength(6);
		expect(world().requests()).toEqual([]);
	});

	it('has the records of the chosen entity', async () => {
		const { results } = await search('searchRecords', { entity: located('list', entity) }, '王');
		expect(results).toEqual([{ name: 'LXR001 · 王先生', value: contact }]);
		const orders = await search('searchRecords', {
			entity: located('list', 'wg_service_workorder'),
		});
		expect(orders.results[0]).toEqual({
			name: 'fwgs-20250605-00000001 · 设备无法启动',
			value: orderId,
		});
		expect((await search('searchRecords', { entity: located('list', '') })).results).toEqual([]);
		const none = await search('searchRecords', { entity: located('list', 'wg_deal_record') });
		expect(none).toEqual({ results: [], paginationToken: undefined });
	});

	it('shows the error of Kingdee instead of an empty list', async () => {
		await expect(search('searchRecords', { entity: located('id', 'wg_nothing') })).rejects.toThrow(
			'entityName不存在 (Kingdee errorCode 1030002003)',
		);
	});
});
