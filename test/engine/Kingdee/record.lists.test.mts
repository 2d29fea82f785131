import { located, orderId, useWorld } from './world.mts';

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
