import { longIds } from '../vendors.mts';
import { jsonOf, located, seedOrder, useWorld } from './world.mts';

const world = useWorld();
const parties = {
	orderNo: located(seedOrder),
	staffId: located('LiuYang'),
	handlerId: located('LiHua', 'id'),
};
const handOver = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run(
		'workOrder',
		'handOver',
		{ ...parties, text: '请联系客户', ...parameters },
		options,
	);
const copyTo = (...ids: string[]) => ({
	copyTo: { staff: ids.map((id) => ({ copiedStaff: located(id, 'id') })) },
});

test('a hand-over arrives with all that goes with it', async () => {
	const result = await handOver({
		additionalFields: {
			...copyTo('LiMei', 'ShaoKao'),
			attachments: { attachment: [{ type: 'video', url: 'https://example.com/b.mp4' }] },
			pictures: ['https://example.com/1.png'],
			isShow: false,
		},
	});
	expect(jsonOf(result)).toEqual([{ success: true, id: seedOrder, currentStep: 2 }]);
	expect(world.calls()).toMatchObject([
		{ method: 'POST', path: '/open-api/workorder/switch', accepted: true },
	]);
	expect(world.calls()[0]?.body).toBe(
		JSON.stringify({
			order_no: seedOrder,
			staff_id: 'LiuYang',
			cc_list: ['LiMei', 'ShaoKao'],
			content: { text: '请联系客户', pic: ['https://example.com/1.png'] },
			is_show: 0,
			attached_json: [{ type: 'video', url: 'https://example.com/b.mp4' }],
			handler_id: 'LiHua',
		}),
	);
	expect(world.order(seedOrder)).toMatchObject({
		handler_id: 'LiHua',
		cc_list: ['LiMei', 'ShaoKao'],
	});
});

test('what is not given is not sent', async () => {
	await handOver({});
	expect(JSON.parse(world.calls()[0]?.body ?? '')).toEqual({
		order_no: seedOrder,
		staff_id: 'LiuYang',
		handler_id: 'LiHua',
		content: { text: '请联系客户', pic: [] },
	});
});

test('a list of staff from an earlier node is copied as it is, each once', async () => {
	await handOver(
		{ additionalFields: copyTo('={{ $json.cc }}', 'LiMei, ShaoKao') },
		{ items: [{ json: { cc: ['LiMei', 'LiHua'] } }] },
	);
	expect(world.order(seedOrder).cc_list).toEqual(['LiMei', 'LiHua', 'ShaoKao']);
});

test.each(longIds)('order %s arrives digit for digit', async (orderNo) => {
	expect(jsonOf(await handOver({ orderNo }))).toEqual([
		{ success: true, id: orderNo, currentStep: 2 },
	]);
	expect(world.order(orderNo).handler_id).toBe('LiHua');
});

test.each([
	[{ orderNo: '1' }, 22301, 'no work order with this number'],
	[{ handlerId: 'Niemand' }, 22302, 'new handler'],
	[{ additionalFields: copyTo('LiMei', 'Niemand') }, 22303, 'Copy To'],
	[{ staffId: 'Niemand' }, 22304, 'acting staff'],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const { error } = await handOver(wrong);
	expect(error?.message).toMatch(new RegExp(`非法.*\\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
	expect(world.order(seedOrder).handler_id).toBe('LiuYang');
});

test('staff without the right and closed orders are refused with 22305 and 22307', async () => {
	world.weiban.refusedStaff = ['LiuYang'];
	expect((await handOver({})).error?.message).toMatch(/22305\)$/);
	world.weiban.refusedStaff = [];
	world.weiban.closeWorkOrder(seedOrder);
	expect((await handOver({})).error?.message).toMatch(/22307\)$/);
});

test.each([
	[{ orderNo: Number(longIds[1]) }, 'Work Order Number is a number above 2^53'],
	[{ handlerId: located('={{ $json.absent }}', 'id') }, 'Handler is empty'],
	[{ text: '={{ " " }}' }, 'Remark is empty'],
	[{ text: '字'.repeat(601) }, 'Remark has 601 characters, Weiban takes 600'],
	[{ additionalFields: copyTo('={{ [1] }}') }, 'Staff has an entry that is not text'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await handOver(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['Niemand', 'LiMei'].map((to) => ({ json: { to } }));
	const result = await handOver(
		{ handlerId: '={{ $json.to }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('22302') },
		{ success: true, currentStep: 2 },
	]);
});
