import { orderId, useWorld } from './world.mts';

const world = useWorld();
const entity = 'wg_inv_crm_contact';
const contact = '1801234567890123457';
const contacts = () => world().sandbox.kingdee.bills(entity);

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
