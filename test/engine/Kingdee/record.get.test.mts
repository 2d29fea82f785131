import { located, paths, useWorld } from './world.mts';

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

	const answered = async (data: unknown) => {
		const body = JSON.stringify({ errorCode: 'success', success: true, data });
		world().sandbox.faults.add({ kind: 'body', path: paths.load, body });
		return await world().run('record.get', { entity, recordId: contact });
	};

	it.each([
		[{ id: '7', name: 'a' }, { id: '7' }],
		[{ billno: 'B1' }, { id: contact, billno: 'B1' }],
		[
			{ billno: 'B1', id: '', rows: [{ id: '8' }] },
			{ id: contact, billno: 'B1' },
		],
		[{ count: 1, rows: [null, { id: '7' }] }, { id: '7' }],
		[[{ name: 'a' }], { id: contact, name: 'a' }],
		[['x', { id: '7' }], { id: '7' }],
	])('finds the record in the data %j', async (data, record) => {
		const { items, error } = await answered(data);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toMatchObject([record]);
	});

	it.each(['text', 7, [], ['x'], {}, { name: 'a' }, { rows: [] }, { rows: 'x' }])(
		'says that the form %j is not known, and shows it',
		async (data) => {
			const { error } = await answered(data);
			expect(error).toMatchObject({
				message: 'Kingdee sent a record in a form that is not known',
				context: { data: { body: JSON.stringify(data) } },
			});
		},
	);

	it('says so where the answer is empty', async () => {
		const body = '{"data":null,"errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await world().run('record.get', { entity, recordId: contact });
		expect(error?.message).toBe(`Record has no record in Kingdee: "${contact}"`);
	});
});
