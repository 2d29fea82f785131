import { located, orderId, paths, useWorld } from './world.mts';

const world = useWorld();
const entity = 'wg_inv_crm_contact';
const contact = '1801234567890123457';

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

describe('pages of records', () => {
	const pages = (...answers: object[]) => {
		for (const data of answers) {
			const body = JSON.stringify({ errorCode: 'success', success: true, data });
			world().sandbox.faults.add({ kind: 'body', path: paths.list, body });
		}
	};
	const rows = (from: number, count: number) =>
		Array.from({ length: count }, (_none, n) => ({ id: String(from + n) }));
	const getAll = async (parameters: object = { returnAll: true }) =>
		await world().run('record.getAll', {
			entity: located('list', entity),
			output: 'raw',
			...parameters,
		});
	const ids = async (parameters?: object) =>
		(await getAll(parameters)).items.map(({ json }) => json.id);
	const asked = () => world().requests(paths.list).length;

	it('go on after a short one where the count says that there are more', async () => {
		pages({ rows: rows(1, 2), count: 3 }, { rows: rows(3, 1), count: 3 });
		expect(await ids()).toEqual(['1', '2', '3']);
		expect(asked()).toBe(2);
	});

	it('end with a short one where there is no count, or where it is reached', async () => {
		pages(rows(1, 100), rows(101, 1));
		expect(await ids()).toHaveLength(101);
		expect(asked()).toBe(2);
		pages({ rows: rows(1, 2), count: 2 });
		expect(await ids()).toEqual(['1', '2']);
		expect(asked()).toBe(3);
	});

	it('give a row once that has moved to the next one, and end where nothing is new', async () => {
		pages(rows(1, 100), rows(51, 100), rows(51, 100));
		expect(await ids()).toEqual(rows(1, 150).map(({ id }) => id));
		expect(asked()).toBe(3);
	});

	it('are cut at the limit, also where Kingdee sends more than it was asked for', async () => {
		pages({ rows: rows(1, 5), count: 5 });
		const result = await getAll({ returnAll: false, limit: 3 });
		expect(result.items.map(({ json }) => json.id)).toEqual(['1', '2', '3']);
		expect(result.hints).toEqual(['Kingdee has 5 of them; Limit let 3 through.']);
	});
});
