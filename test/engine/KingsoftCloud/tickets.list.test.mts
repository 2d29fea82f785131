import { jsonOf, requests, run, sandbox, search, useWorld, vendor } from './world.mts';

useWorld();

const pages = () =>
	requests().map(({ path, body }) => [path.split('/').at(-1), JSON.parse(body) as object]);

it('shows tickets with number, title, state and customer', async () => {
	const { results, paginationToken } = await search('searchTickets');
	expect(results).toHaveLength(6);
	expect(results).toContainEqual({
		name: '9007199254740993 长编号工单',
		value: '9007199254740993',
		description: 'open, 北京金山云网络技术有限公司',
	});
	expect(paginationToken).toBeUndefined();
	expect(pages()).toEqual([['list_tickets', { page: 1, page_size: 100 }]]);
});

it('finds tickets by a part of title, id or customer', async () => {
	const found = async (filter: string) =>
		(await search('searchTickets', filter)).results.map(({ value }) => value);
	expect(await found('长编号')).toEqual(['9007199254740993']);
	expect(await found(' 147 ')).toEqual(['1476', '1475', '1474', '1473']);
	expect(await found('上海')).toEqual(['1476']);
	expect(await found('nothing of this')).toEqual([]);
});

it('reads one page after the other, also where the vendor makes them smaller', async () => {
	for (let n = 0; n < 244; n++) vendor().createTicket({ title: `Ticket ${n}` });
	vendor().maxPageSize = 60;
	const seen: unknown[] = [];
	let page: string | undefined;
	do {
		const { results, paginationToken } = await search('searchTickets', '', page);
		seen.push(...results.map(({ value }) => value));
		page = paginationToken;
	} while (page !== undefined);
	expect(new Set(seen).size).toBe(250);
	expect(requests()).toHaveLength(5);
});

it('goes on to the page that has a match', async () => {
	for (let n = 0; n < 244; n++) vendor().createTicket({ title: `Ticket ${n}` });
	const { results } = await search('searchTickets', '云主机');
	expect(results).toMatchObject([{ value: '1473' }]);
	expect(requests()).toHaveLength(3);
});

it("shows the vendor's refusal instead of an empty list", async () => {
	await expect(
		search('searchTickets', '', undefined, { credential: { appSecret: 'wrong-secret' } }),
	).rejects.toThrow('鉴权失败：Sign错误 (Kingsoft Cloud errno 14001)');
});

it('every way to name a ticket leads to the same request', async () => {
	const get = { resource: 'ticket', operation: 'get' };
	for (const ticketId of [
		'9007199254740993',
		{ __rl: true, mode: 'id', value: '9007199254740993' },
		{ __rl: true, mode: 'list', value: '9007199254740993', cachedResultName: '长编号工单' },
	]) {
		expect(jsonOf(await run({ ...get, ticketId }))).toMatchObject([{ id: '9007199254740993' }]);
	}
	expect(requests().map(({ query }) => query.id)).toEqual(Array(3).fill('9007199254740993'));
});

it('a related ticket is picked inside the additional fields', async () => {
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
		additionalFields: {
			relatedTicketId: { __rl: true, mode: 'list', value: '9007199254740993' },
		},
	});
	expect(jsonOf(result)).toMatchObject([{ success: true }]);
	expect(requests()[0]?.body).toContain('"relate_to_ticket_id":9007199254740993');
});

it('says how many tickets a limit kept back, and keeps quiet where there are no more', async () => {
	const getAll = { resource: 'ticket', operation: 'getAll' };
	expect((await run({ ...getAll, limit: 4 })).hints).toEqual([
		'6 tickets match in Kingsoft Cloud; the limit let 4 through.',
	]);
	expect((await run({ ...getAll, limit: 6 })).hints).toEqual([]);
	expect((await run({ ...getAll, returnAll: true })).hints).toEqual([]);
});

describe('a list whose answer lacks something', () => {
	const answered = (data: unknown, times = 1) =>
		sandbox().faults.add({
			kind: 'body',
			path: 'list_tickets',
			body: JSON.stringify({ errno: 10000, errmsg: 'success', data }),
			times,
		});
	const getMany = async (parameters: object) =>
		await run({ resource: 'ticket', operation: 'getAll', output: 'raw', ...parameters });
	const rows = (from: number, count: number) =>
		Array.from({ length: count }, (_none, n) => ({ id: from + n }));

	it.each([null, {}, { tickets: null, pagination: { total: 5 } }, { tickets: 'none' }])(
		'has no rows in %j, and is asked for once',
		async (data) => {
			answered(data, Infinity);
			expect(jsonOf(await getMany({ returnAll: true }))).toEqual([]);
			expect(requests()).toHaveLength(1);
		},
	);

	it('ends with a short page where the vendor does not say how many there are', async () => {
		answered({ tickets: rows(1, 100) });
		answered({ tickets: rows(101, 99) });
		const result = await getMany({ returnAll: true });
		expect(jsonOf(result).map(({ id }) => id)).toEqual(rows(1, 199).map(({ id }) => id));
		expect(requests()).toHaveLength(2);
		expect(result.hints).toEqual([]);
	});

	it('is cut by a limit without a word where the vendor does not say how many there are', async () => {
		answered({ tickets: rows(1, 3) });
		const result = await getMany({ returnAll: false, limit: 2 });
		expect(jsonOf(result)).toEqual(rows(1, 2));
		expect(result.hints).toEqual([]);
	});
});
