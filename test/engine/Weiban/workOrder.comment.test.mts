import { longIds } from '../vendors.mts';
import { jsonOf, located, seedOrder, useWorld } from './world.mts';

const world = useWorld();
const acting = { orderNo: located(seedOrder), staffId: located('LiuYang') };
const comment = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run(
		'workOrder',
		'comment',
		{ ...acting, text: '已联系客户', ...parameters },
		options,
	);

const image = { type: 'image', url: 'https://example.com/a,b.png' };
const video = { type: 'video', url: 'https://example.com/b.mp4' };
const attachments = { attachments: { attachment: [image, video] } };

test('a comment arrives with its pictures and attachments', async () => {
	const result = await comment({
		additionalFields: {
			...attachments,
			pictures: ['https://example.com/1,2.png', 'https://example.com/3.png'],
			isShow: true,
		},
	});
	expect(jsonOf(result)).toEqual([{ success: true, id: seedOrder }]);
	expect(world.calls()).toHaveLength(1);
	const [request] = world.calls();
	expect(request).toMatchObject({
		method: 'POST',
		path: '/open-api/workorder/reply',
		query: { access_token: expect.stringMatching(/.+/) },
		headers: { 'content-type': 'application/json' },
		accepted: true,
	});
	expect(request?.body).toBe(
		JSON.stringify({
			order_no: seedOrder,
			staff_id: 'LiuYang',
			content: {
				text: '已联系客户',
				pic: ['https://example.com/1,2.png', 'https://example.com/3.png'],
			},
			is_show: 1,
			attached_json: [image, video],
		}),
	);
	expect(world.order(seedOrder).processing_flows[0]).toMatchObject({
		content: { text: '已联系客户' },
		is_show: 1,
		attached_json: [image, video],
	});
});

test('what is not given is not sent, and attachments alone are a comment', async () => {
	await comment({});
	await comment({ text: '', additionalFields: attachments });
	expect(world.calls().map(({ body }) => JSON.parse(body) as object)).toEqual([
		{ order_no: seedOrder, staff_id: 'LiuYang', content: { text: '已联系客户', pic: [] } },
		{ order_no: seedOrder, staff_id: 'LiuYang', attached_json: [image, video] },
	]);
});

test('attachments go out under the name that the option says', async () => {
	world.weiban.attachmentField = 'attached_files';
	await comment({
		additionalFields: attachments,
		options: { attachmentName: 'attached_files' },
	});
	const sent = JSON.parse(world.calls()[0]?.body ?? '') as object;
	expect(sent).toMatchObject({ attached_files: [image, video] });
	expect(sent).not.toHaveProperty('attached_json');
	expect(world.order(seedOrder).processing_flows[0]?.attached_json).toEqual([image, video]);
});

test('an expression may yield a list of pictures', async () => {
	const pictures = ['={{ $json.urls }}'];
	const urls = ['https://example.com/1.png', 'https://example.com/2.png'];
	await comment({ additionalFields: { pictures } }, { items: [{ json: { urls } }] });
	expect(world.order(seedOrder).processing_flows[0]?.content.pic).toEqual(urls);
});

test.each(longIds)('order %s arrives and is answered digit for digit', async (orderNo) => {
	const result = await comment({ orderNo });
	expect(jsonOf(result)).toEqual([{ success: true, id: orderNo }]);
	expect(world.calls()[0]?.body).toContain(`"order_no":"${orderNo}"`);
	expect(world.order(orderNo).processing_flows).toHaveLength(1);
});

test.each([
	[{ orderNo: '1' }, 22301, 'no work order with this number'],
	[{ staffId: 'Niemand' }, 22304, 'no member of staff'],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const { error } = await comment(wrong);
	expect(error?.message).toMatch(new RegExp(`非法.*\\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
});

test('staff without the right and closed orders are refused with 22305 and 22307', async () => {
	world.weiban.refusedStaff = ['LiuYang'];
	const mayNot = await comment({});
	expect(mayNot.error?.message).toMatch(/无处理本工单权限.*22305\)$/);
	expect(mayNot.error?.description).toContain('may not act on the work order');
	await world.run('workOrder', 'comment', { ...acting, staffId: 'LiHua', text: 'x' });
	world.weiban.refusedStaff = [];
	world.weiban.closeWorkOrder(seedOrder);
	const closed = await comment({});
	expect(closed.error?.message).toMatch(/已关闭.*22307\)$/);
	expect(closed.error?.description).toContain('The work order is closed');
});

test.each([
	[{ orderNo: Number(longIds[1]) }, 'Work Order Number is a number above 2^53'],
	[
		{ orderNo: located('={{ "LiuYang" }}', 'id') },
		'Work Order Number is not a whole number: "LiuYang"',
	],
	[{ orderNo: located('={{ $json.absent }}', 'id') }, 'Work Order Number is empty'],
	[{ staffId: located('={{ $json.absent }}', 'id') }, 'Acting Staff is empty'],
	[{ text: '' }, 'Comment is empty'],
	[{ text: '', additionalFields: { pictures: ['https://x.com/1.png'] } }, 'Comment is empty'],
	[{ text: '字'.repeat(601) }, 'Comment has 601 characters, Weiban takes 600'],
	[{ additionalFields: { pictures: ['={{ 1 }}'] } }, 'Picture URLs has an entry that is not text'],
	[
		{ additionalFields: { attachments: { attachment: [{ type: 'audio', url: 'x' }] } } },
		'Type has no option "audio"',
	],
	[
		{ additionalFields: { attachments: { attachment: [{ type: 'image', url: '' }] } } },
		'URL is empty',
	],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await comment(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('a broken connection says that the comment may be there', async () => {
	world.sandbox.faults.add({ vendor: 'weiban', path: 'reply', kind: 'resetAfter' });
	const { error } = await comment({});
	expect(error?.description).toContain('may have taken effect');
	expect(world.order(seedOrder).processing_flows).toHaveLength(3);
});

test('a refused token is renewed and the comment sent once', async () => {
	const first = await comment({});
	world.weiban.expireTokens();
	await comment({}, { credentials: first.stored });
	expect(world.order(seedOrder).processing_flows).toHaveLength(4);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['1', seedOrder].map((no) => ({ json: { no } }));
	const result = await comment(
		{ orderNo: '={{ $json.no }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toEqual([
		{
			error: expect.stringContaining('22301'),
			details: expect.objectContaining({ code: 'errcode 22301' }),
		},
		{ success: true, id: seedOrder },
	]);
});
