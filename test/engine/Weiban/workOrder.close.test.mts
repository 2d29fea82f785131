import { longIds } from '../vendors.mts';
import { jsonOf, located, seedOrder, useWorld } from './world.mts';

const world = useWorld();
const acting = { orderNo: located(seedOrder), staffId: located('LiuYang') };
const close = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('workOrder', 'close', { ...acting, ...parameters }, options);
const copyTo = (id: string) => ({ copyTo: { staff: [{ copiedStaff: located(id) }] } });

test('an order is closed with a remark', async () => {
	const result = await close({
		text: '已解决',
		additionalFields: {
			...copyTo('LiMei'),
			attachments: { attachment: [{ type: 'image', url: 'https://example.com/a.png' }] },
			isShow: true,
		},
		options: { attachmentName: 'attached_files' },
	});
	expect(jsonOf(result)).toEqual([{ success: true, id: seedOrder }]);
	expect(world.calls()).toMatchObject([
		{ method: 'POST', path: '/open-api/workorder/close', accepted: true },
	]);
	expect(world.calls()[0]?.body).toBe(
		JSON.stringify({
			order_no: seedOrder,
			staff_id: 'LiuYang',
			cc_list: ['LiMei'],
			content: { text: '已解决', pic: [] },
			is_show: 1,
			attached_files: [{ type: 'image', url: 'https://example.com/a.png' }],
		}),
	);
	expect(world.weiban.isClosed(seedOrder)).toBe(true);
});

test.each(longIds)('order %s is closed with nothing but who does it', async (orderNo) => {
	expect(jsonOf(await close({ orderNo }))).toEqual([{ success: true, id: orderNo }]);
	expect(world.calls()[0]?.body).toBe(`{"order_no":"${orderNo}","staff_id":"LiuYang"}`);
	expect(world.weiban.isClosed(orderNo)).toBe(true);
});

test.each([
	[{ orderNo: '1' }, 22301, 'no work order with this number'],
	[{ additionalFields: copyTo('Niemand') }, 22303, 'Copy To'],
	[{ staffId: 'Niemand' }, 22304, 'acting staff'],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const { error } = await close(wrong);
	expect(error?.message).toMatch(new RegExp(`非法.*\\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
	expect(world.weiban.isClosed(seedOrder)).toBe(false);
});

test('staff without the right and closed orders are refused with 22305 and 22307', async () => {
	world.weiban.refusedStaff = ['LiuYang'];
	expect((await close({})).error?.message).toMatch(/22305\)$/);
	world.weiban.refusedStaff = [];
	await close({});
	const again = await close({});
	expect(again.error?.message).toMatch(/已关闭.*22307\)$/);
	expect(again.error?.description).toContain('The work order is closed');
});

test.each([
	[{ orderNo: Number(longIds[1]) }, 'Work Order Number is a number above 2^53'],
	[{ staffId: located('={{ $json.absent }}', 'id') }, 'Acting Staff is empty'],
	[{ additionalFields: { pictures: ['https://example.com/1.png'] } }, 'Remark is empty'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await close(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('a broken connection says that the order may be closed', async () => {
	world.sandbox.faults.add({ vendor: 'weiban', path: 'close', kind: 'empty' });
	const { error } = await close({});
	expect(error?.message).toContain('sent an empty answer');
	expect(error?.description).toContain('may have taken effect');
	expect(world.weiban.isClosed(seedOrder)).toBe(true);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['1', seedOrder].map((no) => ({ json: { no } }));
	const result = await close(
		{ orderNo: '={{ $json.no }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('22301') },
		{ success: true, id: seedOrder },
	]);
});
