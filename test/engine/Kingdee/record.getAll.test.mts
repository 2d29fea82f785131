import { located, paths, useWorld } from './world.mts';

const world = useWorld();
const entity = 'wg_inv_crm_contact';
const contact = '1801234567890123457';
const contacts = () => world().sandbox.kingdee.bills(entity);

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
