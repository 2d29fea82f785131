import type { Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeResult } from '../engine.mts';
import { newTicket } from '../examples/kingsoftCloud.mts';
import { onSandbox } from '../onSandbox.mts';
import { credentialsFor, longIds } from '../vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

type Options = Partial<Parameters<Engine['run']>[0]> & { secret?: string };

async function run(
	resource: string,
	operation: string,
	parameters: object,
	{ secret, ...options }: Options = {},
): Promise<NodeResult> {
	const { kingsoftCloudApi } = credentialsFor(sandbox);
	return await engine.run({
		type: 'kingsoftCloud',
		parameters: { resource, operation, ...parameters },
		credentials: {
			kingsoftCloudApi: {
				...kingsoftCloudApi,
				...(secret === undefined ? {} : { appSecret: secret }),
			},
		},
		...options,
	});
}

const lastRequest = () => {
	const request = sandbox.requests('kingsoftCloud').at(-1);
	if (request === undefined) throw new Error('the sandbox got no request');
	return request;
};
const json = (result: NodeResult) => result.items.map((item) => item.json);

const closeParameters = {
	ticketId: '1473',
	closerId: '40084',
	closerName: '田金秀',
	solvedTime: '1660298589',
	isSolved: false,
	additionalFields: { detail: '这是工单关闭的备注反馈内容' },
};

/** Every operation with the least that it needs. */
const everyOperation: [string, string, object][] = [
	['ticket', 'getAll', {}],
	['ticket', 'get', { ticketId: '1204' }],
	['ticket', 'getDetails', { ticketId: '1204' }],
	['ticket', 'create', newTicket],
	['ticket', 'comment', { ticketId: '1204', detail: '好' }],
	['ticket', 'reject', { ticketId: '1204' }],
	['ticket', 'close', closeParameters],
	['attachment', 'upload', { binaryPropertyName: 'data' }],
];
const file = {
	json: {},
	binary: {
		data: {
			data: Buffer.from('hello').toString('base64'),
			mimeType: 'image/png',
			fileName: '背景图.png',
		},
	},
};

describe('what arrives at the vendor', () => {
	test.each(['1204', ...longIds])(
		'Get asks for ticket %s with signed headers',
		async (ticketId) => {
			await run('ticket', 'get', { ticketId });
			expect(lastRequest()).toMatchObject({
				method: 'GET',
				path: '/workorder/api/ticket/base',
				query: { id: ticketId },
				body: '',
				headers: {
					appid: sandbox.accounts.kingsoftCloud.appId,
					timestamp: expect.stringMatching(/^\d{13}$/),
					sign: expect.stringMatching(/^[0-9a-f]{32}$/),
				},
			});
		},
	);

	test.each(longIds)('Get Details asks for ticket %s', async (ticketId) => {
		await run('ticket', 'getDetails', { ticketId });
		expect(lastRequest()).toMatchObject({
			method: 'GET',
			path: '/workorder/api/ticket/detail',
			query: { id: ticketId },
		});
	});

	test("Close without a file sends the seed's first sample", async () => {
		await run('ticket', 'close', closeParameters);
		expect(lastRequest()).toMatchObject({
			method: 'POST',
			path: '/workorder/api/ticket/close_ticket',
			accepted: true,
		});
		expect(JSON.parse(lastRequest().body)).toEqual({
			closer_id: 40084,
			closer_name: '田金秀',
			detail: '这是工单关闭的备注反馈内容',
			id: 1473,
			is_solved: false,
			solved_time: 1660298589,
		});
	});

	test("Close with a file sends the seed's second sample", async () => {
		const attachment = {
			author: 40084,
			file_name: 'test.png',
			file_type: 'image/png',
			file_path: 'workorder/40084/dc4ced807eec9218bf2fe9513ebc9b99',
			file_size: 195204,
		};
		await run('ticket', 'close', {
			...closeParameters,
			solvedTime: '1660298580',
			additionalFields: {
				detail: '这是工单关闭的备注反馈内容',
				handleAttachment: JSON.stringify([attachment]),
			},
		});
		expect(JSON.parse(lastRequest().body)).toEqual({
			closer_id: 40084,
			closer_name: '田金秀',
			is_solved: false,
			detail: '这是工单关闭的备注反馈内容',
			solved_time: 1660298580,
			handle_attachment: [attachment],
			id: 1473,
		});
	});

	test.each([
		['comment', '/workorder/api/ticket/comment_ticket'],
		['reject', '/workorder/api/ticket/reject_handle'],
	])('%s sends detail, id and productGroupId', async (operation, path) => {
		for (const id of longIds) {
			await run('ticket', operation, { ticketId: id, detail: '已处理', productGroupId: id });
			expect(lastRequest()).toMatchObject({ method: 'POST', path });
			expect(lastRequest().body).toBe(`{"detail":"已处理","id":${id},"productGroupId":${id}}`);
		}
	});

	test('Create sends every field of the seed, numbers as numbers with all their digits', async () => {
		const [ticket, customer, account] = longIds;
		await run('ticket', 'create', {
			...newTicket,
			customerId: customer,
			additionalFields: {
				attachment:
					'{"author":0,"file_name":"a.png","file_path":"workorder/40084/dc4ced807eec9218bf2fe9513ebc9b99","file_size":1,"file_type":"imag/png"}',
				customerInfo: {
					customer: [
						{
							attribute: '1',
							businessDirectorId: '2',
							businessDirectorName: '王',
							level: '3',
							userId: account,
						},
					],
				},
				needProcess: true,
				ownProductLine: true,
				relatedTicketId: ticket,
				useRelateStatus: true,
				secondSubType: '4',
				subType: '5',
				tagIds: '12, 15',
				extraFields: '{"form_id":9007199254740993,"form_values":{"a":"b"}}',
			},
		});
		const { body } = lastRequest();
		expect(body).toContain(`"customer_organization_id":${customer}`);
		expect(body).toContain(`"user_id":${account}`);
		expect(body).toContain(`"relate_to_ticket_id":${ticket}`);
		expect(body).toContain('"form_id":9007199254740993');
		expect(JSON.parse(body)).toMatchObject({
			attachment: [{ author: 0, file_name: 'a.png', file_size: 1, file_type: 'imag/png' }],
			customer_info: [
				{ attribute: 1, business_director_id: 2, business_director_name: '王', level: 3 },
			],
			customer_organization_name: '北京金山云网络技术有限公司',
			detail: '从 9 点开始',
			need_process: true,
			priority: 3,
			repository_product_id: 36,
			whether_product_group_id: true,
			reported_time: 1632742020,
			second_subtype: 4,
			sub_type: 5,
			tags: [12, 15],
			title: '云主机无法连接',
			type: 1,
			use_relate_status: true,
			creator_id: 38361,
			creator_name: '姜程',
			form_values: { a: 'b' },
		});
	});

	test('Get Many sends every filter and leaves the others out', async () => {
		await run('ticket', 'getAll', { limit: 10, filters: {} });
		expect(lastRequest()).toMatchObject({
			method: 'POST',
			path: '/workorder/api/ticket/list_tickets',
			body: '{"page":1,"page_size":10}',
		});
		await run('ticket', 'getAll', {
			limit: 10,
			filters: {
				createdEnd: '2021-11-01T19:28:52+08:00',
				createdStart: '2021-09-27T11:27:55Z',
				creatorId: longIds[1],
				customerName: '北京',
				productGroupIds: `36, ${longIds[0]}`,
				type: 2,
				status: 3,
				subType: '7',
				secondSubType: '8',
			},
		});
		expect(lastRequest().body).toContain(`"creator_id":${longIds[1]}`);
		expect(lastRequest().body).toContain(`"product_group_id":[36,${longIds[0]}]`);
		expect(JSON.parse(lastRequest().body)).toMatchObject({
			created_end: 1635766132,
			created_start: 1632742075,
			customer_organization_name: '北京',
			type: 2,
			status: 3,
			sub_type: 7,
			second_subtype: 8,
		});
	});

	test('Upload sends one part named file with its Chinese name', async () => {
		const result = await run(
			'attachment',
			'upload',
			{ binaryPropertyName: 'data' },
			{ items: [file] },
		);
		const [part] = lastRequest().parts;
		expect(lastRequest()).toMatchObject({
			method: 'POST',
			path: '/workorder/api/ticket/upload_file',
			accepted: true,
		});
		expect(part).toMatchObject({ name: 'file', fileName: '背景图.png', contentType: 'image/png' });
		expect(part?.content.toString()).toBe('hello');
		expect(json(result)).toEqual([
			{
				author: expect.any(Number),
				file_name: '背景图.png',
				file_path: expect.stringMatching(/^workorder\/\d+\/[0-9a-f]{32}$/),
				file_size: 5,
				file_type: 'image/png',
			},
		]);
	});

	test('what Upload answers goes straight into Create and Close', async () => {
		const upload = await run(
			'attachment',
			'upload',
			{ binaryPropertyName: 'data' },
			{ items: [file] },
		);
		const items = [{ json: json(upload)[0] ?? {} }];
		const close = await run(
			'ticket',
			'close',
			{ ...closeParameters, additionalFields: { handleAttachment: '={{ $json }}' } },
			{ items },
		);
		expect(json(close)).toEqual([{ success: true, id: '1473' }]);
		const create = await run(
			'ticket',
			'create',
			{ ...newTicket, additionalFields: { attachment: '={{ [$json] }}' } },
			{ items },
		);
		expect(create.error).toBeUndefined();
		expect(lastRequest().accepted).toBe(true);
	});
});

describe('what comes back', () => {
	const sample = {
		id: 1204,
		type: 1,
		title: '测试',
		detail: '测试',
		status: 2,
		priority: 3,
		need_process: false,
		creator_id: 38361,
		creator_name: '姜程',
		customer_organization_id: 1,
		customer_organization_name: '北京金山云网络技术有限公司',
		product_group_id: 36,
		updated_time: 1635766132,
		started_time: 0,
		suspended_time: 0,
		updated_progress_time: 0,
		finished_time: 1632742075,
		solved_time: 0,
		closed_time: 0,
		is_solved: false,
		is_suspended_notice: false,
		reported_time: 1632742020,
		created_time: 1632742075,
	};

	test("Get answers the seed's sample, raw", async () => {
		expect(json(await run('ticket', 'get', { ticketId: '1204', output: 'raw' }))).toEqual([sample]);
	});

	test("Get answers the seed's sample as a work order", async () => {
		const [order] = json(await run('ticket', 'get', { ticketId: '1204' }));
		expect(order).toMatchObject({
			vendor: 'kingsoftCloud',
			id: '1204',
			number: '1204',
			title: '测试',
			description: '测试',
			status: 'inProgress',
			vendorStatus: '2',
			priority: 'normal',
			type: 'Troubleshooting',
			customer: { id: '1', name: '北京金山云网络技术有限公司' },
			requester: { id: '38361', name: '姜程' },
			assignee: { id: null, name: null },
			createdAt: '2021-09-27T19:27:55+08:00',
			updatedAt: '2021-11-01T19:28:52+08:00',
			dueAt: null,
			closedAt: null,
			tags: [],
			attachments: [],
		});
	});

	test('Get Details reads the textual times as China time', async () => {
		const [order] = json(await run('ticket', 'getDetails', { ticketId: '1204' }));
		expect(order).toMatchObject({ createdAt: '2021-09-27T19:27:55+08:00', status: 'inProgress' });
	});

	test.each(longIds)('id %s comes back digit for digit from every read', async (id) => {
		sandbox.kingsoftCloud.createTicket({
			id,
			creator_id: id,
			handler: id,
			customer_organization_id: id,
		});
		for (const operation of ['get', 'getDetails']) {
			const [order] = json(await run('ticket', operation, { ticketId: id }));
			expect(order).toMatchObject({ id, customer: { id }, requester: { id } });
			const [raw] = json(await run('ticket', operation, { ticketId: id, output: 'raw' }));
			expect(raw).toMatchObject({ id, creator_id: id });
		}
		const rows = json(await run('ticket', 'getAll', { returnAll: true }));
		expect(rows.find((row) => row.id === id)).toMatchObject({ assignee: { id } });
	});

	test.each(longIds)('id %s passes from Upload into Close digit for digit', async (id) => {
		sandbox.kingsoftCloud.uploadAuthor = id;
		sandbox.kingsoftCloud.deleteTicket('9007199254740993');
		sandbox.kingsoftCloud.createTicket({ id, creator_id: id, status: 2 });
		const upload = await run(
			'attachment',
			'upload',
			{ binaryPropertyName: 'data' },
			{ items: [file] },
		);
		expect(json(upload)).toMatchObject([{ author: id }]);
		const closed = await run(
			'ticket',
			'close',
			{
				...closeParameters,
				ticketId: id,
				closerId: id,
				additionalFields: { handleAttachment: '={{ $json }}' },
			},
			{ items: [{ json: json(upload)[0] ?? {} }] },
		);
		expect(json(closed)).toEqual([{ success: true, id }]);
		for (const member of ['closer_id', 'author', 'id']) {
			expect(lastRequest().body).toContain(`"${member}":${id}`);
		}
	});

	test('Create answers the id of the new ticket', async () => {
		const [created] = json(await run('ticket', 'create', newTicket));
		expect(sandbox.kingsoftCloud.tickets().map(({ id }) => id)).toContain(created?.id);
	});

	test.each(['{}', '{"id":null}', '{"id":0}', 'null'])(
		'Create makes no id of an answer without one: %s',
		async (data) => {
			sandbox.faults.add({ kind: 'body', body: `{"errno":10000,"data":${data}}` });
			expect(json(await run('ticket', 'create', newTicket))).toEqual([{ success: true, id: null }]);
		},
	);

	test('list rows with status as text and priority as text come out the same', async () => {
		sandbox.kingsoftCloud.listStatusAs = 'label';
		const rows = json(await run('ticket', 'getAll', { returnAll: true }));
		expect(rows.find((row) => row.id === '1204')).toMatchObject({
			status: 'inProgress',
			priority: 'normal',
		});
	});

	test('output items are paired with their input items', async () => {
		const items = ['1204', '1473'].map((id) => ({ json: { id } }));
		const result = await run('ticket', 'get', { ticketId: '={{ $json.id }}' }, { items });
		expect(result.items.map(({ json: { id }, pairedItem }) => [id, pairedItem])).toEqual([
			['1204', { item: 0 }],
			['1473', { item: 1 }],
		]);
	});
});

describe('paging', () => {
	const requests = () => sandbox.requests('kingsoftCloud').length;
	beforeEach(() => {
		for (let i = 0; i < 244; i++) sandbox.kingsoftCloud.createTicket({ title: `Ticket ${i}` });
		sandbox.clearRequests();
	});

	test.each([
		[{ limit: 10 }, 10, 1],
		[{ limit: 100 }, 100, 1],
		[{ limit: 150 }, 150, 2],
		[{ returnAll: true }, 250, 3],
		[{ returnAll: true, options: { pageSize: 125 } }, 250, 2],
		[{ returnAll: true, options: { pageSize: 1000 } }, 250, 1],
		[{ limit: 1000 }, 250, 3],
	])('%j gives %i tickets in %i requests', async (parameters, rows, calls) => {
		const result = await run('ticket', 'getAll', parameters);
		expect(new Set(json(result).map(({ id }) => id)).size).toBe(rows);
		expect(requests()).toBe(calls);
	});

	test('a page size that the vendor cuts loses nothing', async () => {
		sandbox.kingsoftCloud.maxPageSize = 50;
		expect(json(await run('ticket', 'getAll', { returnAll: true }))).toHaveLength(250);
		expect(requests()).toBe(5);
	});
});

describe('refusals and bad input', () => {
	test('closing twice gives errno 23000 with text, advice and request id', async () => {
		await run('ticket', 'close', closeParameters);
		const { error } = await run('ticket', 'close', closeParameters);
		expect(error?.message).toBe('工单状态不允许关闭 (Kingsoft Cloud errno 23000)');
		expect(error?.description).toMatch(
			/status of the ticket does not allow it.*Request ID: [0-9a-f]{32}\./,
		);
		expect(error?.context).toMatchObject({ itemIndex: 0, data: { code: 'errno 23000' } });
	});

	test.each(everyOperation)(
		'%s: %s is refused with a wrong secret',
		async (resource, operation, parameters) => {
			const result = await run(resource, operation, parameters, {
				secret: 'wrong-secret',
				items: [file],
			});
			expect(result.items).toEqual([]);
			expect(result.error?.message).toMatch(/errno 14001/);
			expect(lastRequest().accepted).toBe(false);
			expect(JSON.stringify(result.run)).not.toContain(String(lastRequest().headers.sign));
		},
	);

	test.each([
		[
			Number('9007199254740993'),
			'Ticket is a number above 2^53 and has already lost its last digits',
		],
		['={{ $json.absent }}', 'Ticket is empty'],
		['12a', 'Ticket is not a whole number: "12a"'],
		['22304134446144675840000', 'Ticket is longer than a 64-bit id'],
	])('ticket id %p is refused before anything is sent', async (ticketId, message) => {
		for (const operation of ['get', 'getDetails', 'comment', 'reject', 'close']) {
			const { error } = await run('ticket', operation, {
				...closeParameters,
				detail: 'x',
				ticketId,
			});
			expect(error?.message).toContain(message);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
		}
		expect(sandbox.requests()).toEqual([]);
	});

	test.each([
		['create', { ...newTicket, reportedTime: 'tomorrow' }, 'Reported At is not a date: "tomorrow"'],
		['create', { ...newTicket, type: 9 }, 'Type has no option "9"'],
		['create', { ...newTicket, title: "={{ '' }}" }, 'Title is empty'],
		[
			'create',
			{ ...newTicket, additionalFields: { extraFields: '[1]' } },
			'Extra Fields (JSON) is not a JSON object',
		],
		['close', { ...closeParameters, solvedTime: '2025-02-30 00:00:00' }, 'Solved At is not a date'],
		[
			'close',
			{ ...closeParameters, additionalFields: { handleAttachment: '{"file_name":"a"}' } },
			'Attachments has no usable author at place 1: it is empty',
		],
		['getAll', { filters: { createdStart: 'x' } }, 'Created After is not a date: "x"'],
		['getAll', { limit: 0 }, 'Limit is not a whole number from 1 up'],
	])('%s names the field: case %#', async (operation, parameters, message) => {
		const { error } = await run('ticket', operation, parameters);
		expect(error?.message).toContain(message);
		expect(sandbox.requests()).toEqual([]);
	});

	test('a missing file names the field', async () => {
		const { error } = await run('attachment', 'upload', { binaryPropertyName: 'photo' });
		expect(error?.message).toBe('Input Data Field Name names no file of the item: "photo"');
	});

	test('with Continue On Fail the other items go on', async () => {
		const items = ['1204', 'x', '1', '1473'].map((id) => ({ json: { id } }));
		const result = await run(
			'ticket',
			'get',
			{ ticketId: '={{ $json.id }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(
			result.items.map(({ json: { id, error }, pairedItem }) => [id ?? error, pairedItem]),
		).toEqual([
			['1204', { item: 0 }],
			['Ticket is not a whole number: "x"', { item: 1 }],
			[expect.stringContaining('errno 22004'), { item: 2 }],
			['1473', { item: 3 }],
		]);
	});

	test('with an error output failed items leave by it', async () => {
		const items = ['1204', 'x'].map((id) => ({ json: { id } }));
		const { outputs } = await run(
			'ticket',
			'get',
			{ ticketId: '={{ $json.id }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(outputs.map((output) => output.length)).toEqual([1, 1]);
	});
});

describe('faults', () => {
	test.each([
		['html', 'sent a web page with HTTP 502'],
		['empty', 'sent an empty answer with HTTP 200'],
		['brokenJson', 'sent broken JSON with HTTP 200'],
		['resetAfter', 'The connection to Kingsoft Cloud broke off'],
	] as const)('%s on a read and on a write', async (kind, message) => {
		sandbox.faults.add({ vendor: 'kingsoftCloud', kind, times: 2 });
		const read = await run('ticket', 'get', { ticketId: '1204' });
		expect(read.error?.message).toContain(message);
		expect(read.error?.description).toContain('Nothing was changed');
		const write = await run('ticket', 'comment', { ticketId: '1204', detail: 'x' });
		expect(write.error?.message).toContain(message);
		expect(write.error?.description).toContain('may have taken effect');
		expect(sandbox.requests('kingsoftCloud')).toHaveLength(2);
	});

	test('an echoed secret and signature are masked everywhere', async () => {
		const { secret } = sandbox.accounts.kingsoftCloud;
		sandbox.faults.add({
			vendor: 'kingsoftCloud',
			kind: 'body',
			status: 200,
			body: JSON.stringify({ errno: 14001, errmsg: `bad secret ${secret}`, request_id: 'r' }),
		});
		const result = await run('ticket', 'get', { ticketId: '1204' });
		expect(result.error?.message).toContain('bad secret ***');
		expect(JSON.stringify({ ...result.error, message: result.error?.message })).not.toContain(
			secret,
		);
	});
});

describe('credential test', () => {
	const test1 = async (values: object) =>
		await engine.testCredential('kingsoftCloudApi', {
			...credentialsFor(sandbox).kingsoftCloudApi,
			...values,
		});

	test('accepts the right credential in either unit of time', async () => {
		expect(await test1({})).toBe('OK');
		expect(await test1({ timestampUnit: 'seconds' })).toBe('OK');
	});

	test('tells wrong secret, wrong account and unreachable host apart', async () => {
		const answers = [
			await test1({ appSecret: 'wrong' }),
			await test1({ appId: 'nobody' }),
			await test1({ apiAddress: 'http://127.0.0.1:9' }),
		];
		expect(answers[0]).toMatch(/errno 14001.*Check AppId, Secret, Signature Rule/);
		expect(answers[1]).toMatch(/errno 14002/);
		expect(answers[2]).toMatch(/Cannot reach 127\.0\.0\.1:9: the host refused the connection/);
	});

	test.each([
		['B', 'B', {}],
		['C', 'C', {}],
		['F', 'F-hex', { signatureEncoding: 'hex' }],
		['F', 'F-base64', { signatureEncoding: 'base64' }],
	] as const)('preset %s signs as the sandbox computes %s', async (signatureRule, rule, more) => {
		sandbox.kingsoftCloud.rule = rule;
		expect(await test1({ signatureRule, ...more })).toBe('OK');
		expect(await test1({ signatureRule: 'A' })).toMatch(/errno 14001/);
	});
});
