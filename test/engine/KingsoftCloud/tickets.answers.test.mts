import { jsonOf, requests, run, sandbox, useWorld } from './world.mts';

useWorld();

const answerOnce = (data: unknown): void => {
	const body = JSON.stringify({ errno: 10000, errmsg: 'OK', data, request_id: 'r' });
	sandbox().faults.add({ vendor: 'kingsoftCloud', kind: 'body', body });
};

it.each(['get', 'getDetails', 'downloadAttachment'])(
	'%s refuses an answer without the ticket instead of making one up',
	async (operation) => {
		for (const data of [null, {}, { id: 0 }]) {
			answerOnce(data);
			const { items, error } = await run({ resource: 'ticket', operation, ticketId: '1473' });
			expect(items).toEqual([]);
			expect(error?.message).toBe(`Ticket has no ticket in Kingsoft Cloud's answer: "1473"`);
			expect(error?.description).toMatch(/Check the ID/);
		}
	},
);

it.each([{ id: '9007199254740993' }, {}, { id: 0 }])(
	'a created ticket has the id of the answer, or none: %j',
	async (data) => {
		answerOnce(data);
		const result = await run({
			resource: 'ticket',
			operation: 'create',
			title: '云主机无法连接',
			detail: '从 9 点开始',
			type: 1,
			priority: 3,
			reportedTime: 1632742020,
			customerId: '1',
			customerName: '客户',
			productId: '36',
			creatorId: '38361',
			creatorName: '姜程',
		});
		expect(jsonOf(result)).toEqual([
			{ success: true, id: 'id' in data && data.id ? data.id : null },
		]);
	},
);

it('a span that ends before it starts is refused before anything is sent', async () => {
	const filters = { createdStart: '2025-07-17T08:00:00Z', createdEnd: '2025-07-17T07:59:59Z' };
	const { error } = await run({ resource: 'ticket', operation: 'getAll', filters });
	expect(error?.message).toBe('Created Before is before Created After');
	expect(error?.description).toBe('Exchange the two.');
	expect(requests()).toEqual([]);
});

it('an upload whose answer names no file is no attachment', async () => {
	answerOnce(null);
	const items = [{ json: {}, binary: { data: { data: 'eA==', mimeType: 'text/plain' } } }];
	const result = await run({ resource: 'attachment', operation: 'upload' }, { items });
	expect(result.items).toEqual([]);
	expect(result.error?.message).toMatch(
		/^Input Data Field Name names a file whose upload was answered without/,
	);
	expect(result.error?.description).toMatch(/Upload the file again/);
});
