import { commonRefusals, located, paths, useWorld } from './world.mts';

const world = useWorld();
const entity = 'wg_inv_crm_contact';
const contact = '1801234567890123457';
const contacts = () => world().sandbox.kingdee.bills(entity);

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
