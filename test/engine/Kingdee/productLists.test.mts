import type { NodeRun } from '../engine.mts';
import { commonRefusals, paths, useWorld } from './world.mts';

const world = useWorld();
const LOG_IN = [paths.authorise, paths.appToken, paths.user];

const lists = [
	['staff', 'emp', '1697009251337127936', 'YG001', '张工', 4],
	['department', 'department', '1697221606960547840', 'BM001', '服务部', 2],
	['customer', 'customer', '1701234567890123457', 'KH001', '南京示例机电有限公司', 2],
] as const;

const get = async (resource: string, parameters: object = {}, credentials = world().byApp()) =>
	await world().runWith(credentials, `${resource}.getAll`, parameters as never);

function addCustomers(count: number): void {
	const customers = world().sandbox.kingdee.productList('customer');
	for (let entry = 0; entry < count; entry++) {
		customers.push({
			id: String(1800000000000000000n + BigInt(entry)),
			number: `K${entry}`,
			name: `客户${entry}`,
		});
	}
}

const pages = () =>
	world()
		.requests('/jdy/v2/bd/customer')
		.map(({ query }) => [query.page, query.page_size]);

describe.each(lists)('%s', (resource, path, id, number, name, count) => {
	it('is listed, signed by scheme B', async () => {
		const { items, error } = await get(resource);
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([...LOG_IN, `/jdy/v2/bd/${path}`]);
		expect(world().requests().at(-1)).toMatchObject({
			method: 'GET',
			query: { page: '1', page_size: '50' },
			headers: {
				'x-api-clientid': '200421',
				'app-token': expect.stringMatching(/^[0-9a-f]{48}$/),
				'x-gw-router-addr': 'https://tf.jdy.com',
			},
			body: '',
			accepted: true,
		});
		expect(items).toHaveLength(count);
		expect(items[0]?.json).toEqual({ id, number, name });
	});

	it('answers the own record, or chosen fields', async () => {
		expect((await get(resource, { output: 'raw' })).items[0]?.json).toEqual({ id, number, name });
		const chosen = await get(resource, { output: 'selected', selectedFields: ['name'] });
		expect(chosen.items[0]?.json).toEqual({ name });
	});
});

describe('pages', () => {
	it.each([
		[1, 1, [['1', '1']]],
		[
			150,
			150,
			[
				['1', '100'],
				['2', '100'],
			],
		],
	])('with limit %i give %i customers', async (limit, count, requests) => {
		addCustomers(250);
		const { items, hints } = await get('customer', { limit });
		expect(items).toHaveLength(count);
		expect(pages()).toEqual(requests);
		expect(hints).toEqual([`Kingdee has 252 of them; Limit let ${limit} through.`]);
	});

	it('give all, without an empty page at the end', async () => {
		addCustomers(198);
		const { items } = await get('customer', { returnAll: true });
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(200);
		expect(pages()).toEqual([
			['1', '100'],
			['2', '100'],
		]);
	});

	it('give all from bare lists, too', async () => {
		world().sandbox.kingdee.productListShape = 'array';
		addCustomers(198);
		expect((await get('customer', { returnAll: true })).items).toHaveLength(200);
		expect(pages()).toHaveLength(3);
	});
});

it('passes query parameters on as they are, signed', async () => {
	const queryParameters = { parameter: [{ name: 'search', value: '南京 +*~' }] };
	const { error } = await get('customer', { options: { queryParameters } });
	expect(error).toBeUndefined();
	expect(world().requests().at(-1)).toMatchObject({
		query: { search: '南京 +*~', page: '1' },
		accepted: true,
	});
});

it.each<[object, RegExp]>([
	[{ limit: 0 }, /^Limit is not a whole number from 1/],
	[
		{ options: { queryParameters: { parameter: [{ name: ' page', value: '2' }] } } },
		/^Parameter Name is page, which the node sends itself/,
	],
	[
		{ options: { queryParameters: { parameter: [{ name: '', value: '2' }] } } },
		/^Parameter Name is empty/,
	],
])('refuses %j before anything is sent', async (parameters, message) => {
	expect((await get('customer', parameters)).error?.message).toMatch(message);
	expect(world().requests()).toEqual([]);
});

it('keeps ids that Kingdee sends as bare digits', async () => {
	const body =
		'{"errcode":0,"description":"success","data":{"rows":[{"id":9007199254740993,"name":"x"}]}}';
	world().sandbox.faults.add({ kind: 'body', path: '/jdy/v2/', body });
	expect((await get('staff')).items[0]?.json).toEqual({
		id: '9007199254740993',
		number: null,
		name: 'x',
	});
});

it('opens a new session once when the app-token is refused', async () => {
	const first = await get('staff');
	world().sandbox.kingdee.expireAppTokens();
	world().sandbox.clearRequests();
	const second = await get('staff', {}, { ...first.stored.kingdeeApi });
	expect(second.error).toBeUndefined();
	expect(world().sentPaths()).toEqual(['/jdy/v2/bd/emp', ...LOG_IN, '/jdy/v2/bd/emp']);
});

it('says that an access token is not enough', async () => {
	const { error } = await get('staff', {}, world().byToken());
	expect(error?.message).toBe(
		'/jdy/v2/bd/emp has to be signed with a client secret. Choose another mode than Access Token in the Kingdee credential.',
	);
	expect(world().requests()).toEqual([]);
});

it.each(commonRefusals.filter(([code]) => !['4010', '4011', '11010001'].includes(code)))(
	'advises about %s',
	async (errcode, advice) => {
		const body = JSON.stringify({ errcode: Number(errcode), description: 'x', data: null });
		world().sandbox.faults.add({ kind: 'body', path: '/jdy/v2/', body });
		const { error } = await get('staff');
		expect(error?.message).toBe(`x (Kingdee errcode ${errcode})`);
		expect(error?.description).toContain(advice);
	},
);

describe('the lists to pick from', () => {
	let node: NodeRun;
	beforeEach(() => {
		node = world().node('workOrder.process', {}, { credentials: { kingdeeApi: world().byApp() } });
	});
	const search = async (list: string, filter?: string, page?: string) =>
		await world().engine.search(node, list, filter, page);

	it('show number and name, and are searched by either', async () => {
		expect((await search('searchDepartments')).results).toEqual([
			{ name: 'BM001 · 服务部', value: '1697221606960547840' },
			{ name: 'BM002 · 销售部', value: '1697221606960547841' },
		]);
		expect((await search('searchStaff', ' 张 ')).results).toEqual([
			{ name: 'YG001 · 张工', value: '1697009251337127936' },
		]);
		expect((await search('searchStaff', 'yg002')).results).toMatchObject([
			{ value: '2234984992394486784' },
		]);
	});

	it('are paged at Kingdee', async () => {
		const staff = world().sandbox.kingdee.productList('emp');
		for (let entry = 0; entry < 60; entry++) {
			staff.push({
				id: String(1900000000000000000n + BigInt(entry)),
				number: `N${entry}`,
				name: '员工',
			});
		}
		const first = await search('searchStaff');
		expect(first).toMatchObject({ results: { length: 50 }, paginationToken: '2' });
		expect(await search('searchStaff', undefined, '2')).toMatchObject({
			results: { length: 14 },
			paginationToken: undefined,
		});
		// Looked for on the next page as well, as long as nothing is found.
		expect((await search('searchStaff', 'N59')).results).toHaveLength(1);
	});

	it('show the error instead of an empty list', async () => {
		const body = '{"errcode":4012,"description":"no permission"}';
		world().sandbox.faults.add({ kind: 'body', path: '/jdy/v2/', body });
		await expect(search('searchStaff')).rejects.toThrow('no permission (Kingdee errcode 4012)');
		await expect(
			world().engine.search(world().node('workOrder.process'), 'searchStaff'),
		).rejects.toThrow('has to be signed with a client secret');
	});
});
