import axios from 'axios';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { waitFor } from '../src/wait.mts';
import {
	chain,
	makeNode,
	NODE,
	outcomeOf,
	type Bench,
	type Json,
	type NodePlan,
} from './bench.mts';
import type { Checks } from './checks.mts';

/** Ids that no JavaScript number holds. */
const LONG_IDS = ['9007199254740993', '1471808049579560961', '2230413444614467584'] as const;

const FILE_NAME = '背景图 2.png';
const FILE = Buffer.from('89504e470d0a1a0a00010203e5b7a5e58d95ff', 'hex');

export const handling = {
	resource: 'workOrder',
	operation: 'process',
	id: '={{ $json.id }}',
	orderNo: '={{ $json.orderNo }}',
	status: 'H',
	handlingStart: '2025-07-17 08:11:41',
	handlingEnd: '2025-07-17 18:11:41',
	handlerId: '1697009251337127936',
	departmentId: '1697221606960547840',
	progress: '2',
	problemCauseId: '1895123256688528389',
	schemeId: '1895123523051994117',
	resultId: '2028468841138471936',
	additionalFields: {
		note: '处理说明',
		workingHours: 10,
		otherHandlers: { handler: [{ otherHandlerId: '2234984992394486784' }] },
	},
};

function part(from: Json, name: string): Json {
	const value = from[name];
	assert(typeof value === 'object' && value !== null, `${name} is missing`);
	return value as Json;
}

function only<T>(list: readonly T[], what: string): T {
	const [first] = list;
	assert(first !== undefined && list.length === 1, `${list.length} ${what} instead of one`);
	return first;
}

async function checkKingdee(checks: Checks, bench: Bench): Promise<void> {
	const { kingdee } = bench.sandbox;
	for (const credential of ['Kingdee app', 'Kingdee token']) {
		await checks.check(`Kingdee: process work orders (${credential})`, async () => {
			const orders = [kingdee.createWorkOrder(), kingdee.createWorkOrder()];
			const given = orders.map(({ id, billno }) => ({ id, orderNo: billno }));
			if (credential === 'Kingdee app') {
				given.push({ id: LONG_IDS[2], orderNo: 'fwgs-20250605-00000001' });
			}
			const items = await bench.answer(
				{
					type: 'kingdee',
					parameters: handling,
					credential: bench.credential(credential),
				},
				given,
			);
			assert.deepEqual(
				items.map(({ id, orderNo, handled, status }) => ({ id, orderNo, handled, status })),
				given.map((entry) => ({ ...entry, handled: true, status: 'H' })),
			);
			for (const { id, orderNo } of given) {
				const order = kingdee.workOrders().find((candidate) => candidate.id === id);
				assert.equal(order?.billstatus, 'H');
				const records = kingdee.dealRecords().filter((entry) => entry.sourcebillno === orderNo);
				const record = only(records, `records of ${orderNo}`);
				assert.equal(record.remark, '处理说明');
				assert.equal(record.startdate, '2025-07-17 08:11:41');
				assert.equal(record.emp.id, '1697009251337127936');
				assert.deepEqual(record.mulemp, [{ fbasedataid_id: '2234984992394486784' }]);
			}
		});
	}
}

async function checkWeiban(checks: Checks, bench: Bench): Promise<void> {
	const plan = (output: string): NodePlan => ({
		type: 'weiban',
		parameters: {
			resource: 'workOrder',
			operation: 'get',
			orderNo: '={{ $json.orderNo }}',
			output,
		},
		credential: bench.credential('Weiban'),
	});
	await checks.check('Weiban: get the work order of the vendor’s sample', async () => {
		const [item] = await bench.answer(plan('simplified'), [{ orderNo: '1471808049579560960' }]);
		assert(item);
		assert.equal(item['vendor'], 'weiban');
		assert.equal(item['number'], '1471808049579560960');
		assert.equal(item['title'], '2021年12月17日19:42:43');
		assert.equal(item['status'], 'open');
		assert.equal(item['createdAt'], '2021-12-17T19:43:02+08:00');
		assert.equal(part(item, 'customer')['name'], '大大怪');
	});
	await checks.check(
		'Weiban: long numbers come through n8n’s database digit for digit',
		async () => {
			const given = LONG_IDS.map((orderNo) => ({ orderNo }));
			const simplified = await bench.answer(plan('simplified'), given);
			assert.deepEqual(
				simplified.map(({ number }) => number),
				[...LONG_IDS],
			);
			const raw = await bench.answer(plan('raw'), given);
			assert.deepEqual(
				raw.map(({ order_no }) => order_no),
				[...LONG_IDS],
			);
		},
	);
	await checks.check(
		'Weiban: numbers in the form fields of a raw order are whole, too',
		async () => {
			const orderNo = '1471808049579560960';
			const [raw] = await bench.answer(plan('raw'), [{ orderNo }]);
			assert(raw);
			const fields = raw['work_order_component_record_list'] as Json[];
			assert(fields.length > 0);
			for (const { order_no } of fields) assert.equal(order_no, orderNo);
		},
	);
}

async function checkKingsoftReads(checks: Checks, bench: Bench): Promise<void> {
	const { kingsoftCloud } = bench.sandbox;
	const credential = bench.credential('Kingsoft Cloud');
	const ticket = (operation: string, parameters: Json): NodePlan => ({
		type: 'kingsoftCloud',
		parameters: { resource: 'ticket', operation, ...parameters },
		credential,
	});
	await checks.check('Kingsoft Cloud: get many tickets, over several pages', async () => {
		const items = await bench.answer(
			ticket('getAll', { returnAll: true, options: { pageSize: 2 } }),
		);
		const ids = kingsoftCloud.tickets().map(({ id }) => id);
		assert.deepEqual(
			items.map(({ id }) => id),
			ids,
		);
		assert(ids.includes(LONG_IDS[0]));
		const open = await bench.answer(ticket('getAll', { limit: 50, filters: { status: 1 } }));
		assert(open.length > 0);
		assert(open.every(({ status }) => status === 'open'));
	});
	await checks.check('Kingsoft Cloud: get a ticket, the one with the longest id too', async () => {
		const plan = ticket('get', { ticketId: '={{ $json.id }}' });
		const [sample, long] = await bench.answer(plan, [{ id: '1204' }, { id: LONG_IDS[0] }]);
		assert(sample && long);
		assert.equal(sample['title'], '测试');
		assert.equal(sample['status'], 'inProgress');
		assert.equal(sample['priority'], 'normal');
		assert.equal(sample['createdAt'], '2021-09-27T19:27:55+08:00');
		assert.equal(part(sample, 'requester')['name'], '姜程');
		assert.equal(long['id'], LONG_IDS[0]);
		assert.equal(long['title'], '长编号工单');
	});
	await checks.check('Kingsoft Cloud: get a ticket as the vendor writes it', async () => {
		const raw = await bench.answerOne(ticket('get', { ticketId: LONG_IDS[0], output: 'raw' }));
		assert.equal(raw['id'], LONG_IDS[0]);
		assert.equal(raw['creator_name'], '姜程');
	});
	await checks.check('Kingsoft Cloud: get the details of a ticket', async () => {
		const details = await bench.answerOne(ticket('getDetails', { ticketId: '1473' }));
		assert.equal(details['title'], '云主机无法登录');
		assert.deepEqual(details['tags'], ['紧急客户', '升级']);
		assert.equal(part(details, 'assignee')['name'], '姜程');
		assert.equal((details['attachments'] as Json[])[0]?.['name'], 'test.png');
	});
}

async function checkKingsoftWrites(checks: Checks, bench: Bench): Promise<void> {
	const { kingsoftCloud } = bench.sandbox;
	const credential = bench.credential('Kingsoft Cloud');
	const find = (id: unknown) => kingsoftCloud.tickets().find((ticket) => ticket.id === id);
	const run = async (operation: string, parameters: Json): Promise<Json> =>
		await bench.answerOne({
			type: 'kingsoftCloud',
			parameters: { resource: 'ticket', operation, ...parameters },
			credential,
		});
	let file: Json | undefined;

	await checks.check('Kingsoft Cloud: upload a file that came in by a webhook', async () => {
		file = await uploadThroughWebhook(bench);
		assert.equal(file['file_name'], FILE_NAME);
		assert.equal(file['file_type'], 'image/png');
		const sent = bench.sandbox.requests('kingsoftCloud').findLast(({ parts }) => parts.length > 0);
		const received = only(sent?.parts ?? [], 'parts');
		assert.equal(received.name, 'file');
		assert.equal(received.fileName, FILE_NAME);
		assert(received.content.equals(FILE), 'the content has changed');
	});
	await checks.check('Kingsoft Cloud: upload a file that n8n has made', async () => {
		const made = await uploadMadeFile(bench);
		assert.equal(made['file_name'], '工单.txt');
		const sent = bench.sandbox.requests('kingsoftCloud').findLast(({ parts }) => parts.length > 0);
		assert.equal(sent?.parts[0]?.content.toString(), '工单内容');
	});
	await checks.check('Kingsoft Cloud: create a ticket with a file', async () => {
		const answer = await run('create', {
			title: '云盘无法挂载',
			detail: '第一行\n第二行 "引号"',
			type: 1,
			priority: 1,
			reportedTime: '2026-11-22T09:10:00+08:00',
			customerId: '1653682321878942721',
			customerName: '上海示例科技有限公司',
			productId: '36',
			creatorId: '38361',
			creatorName: '姜程',
			additionalFields: { tagIds: '1, 2', attachment: JSON.stringify(file) },
		});
		const made = find(answer['id']);
		assert.equal(made?.title, '云盘无法挂载');
		assert.equal(made.detail, '第一行\n第二行 "引号"');
		assert.equal(made.customer_organization_id, '1653682321878942721');
		assert.equal(made.reported_time, Date.parse('2026-11-22T09:10:00+08:00') / 1000);
		assert.equal(only(made.attachment, 'files').file_name, FILE_NAME);
	});
	await checks.check('Kingsoft Cloud: comment on the ticket with the longest id', async () => {
		const answer = await run('comment', { ticketId: LONG_IDS[0], detail: '已联系客户' });
		assert.deepEqual(answer, { success: true, id: LONG_IDS[0] });
		const history = find(LONG_IDS[0])?.assigns.flatMap((assign) => assign.history) ?? [];
		assert.equal(history.at(-1)?.detail, '已联系客户');
		const sent = bench.sandbox.requests('kingsoftCloud').at(-1);
		assert.match(sent?.body ?? '', /"id":9007199254740993\b/);
	});
	await checks.check('Kingsoft Cloud: reject a ticket', async () => {
		await run('reject', { ticketId: '1476', detail: '非本产品线', productGroupId: '37' });
		const assign = find('1476')?.assigns.find(({ product_group_id: id }) => id === '37');
		assert.equal(assign?.status, 4);
		assert.equal(assign.history.at(-1)?.detail, '非本产品线');
	});
	await checks.check('Kingsoft Cloud: close a ticket with a file', async () => {
		const answer = await run('close', {
			ticketId: '1473',
			closerId: '40084',
			closerName: '田金秀',
			solvedTime: '2026-11-22T10:00:00+08:00',
			isSolved: true,
			additionalFields: { detail: '已解决', handleAttachment: JSON.stringify(file) },
		});
		assert.deepEqual(answer, { success: true, id: '1473' });
		const closed = find('1473');
		assert.equal(closed?.status, 3);
		assert.equal(only(closed.handle_attachment, 'files').file_name, FILE_NAME);
	});
}

const upload: Pick<NodePlan, 'type' | 'parameters'> = {
	type: 'kingsoftCloud',
	parameters: { resource: 'attachment', operation: 'upload', binaryPropertyName: 'data' },
};

/** Webhook → node → the answer of the webhook, published. */
async function uploadThroughWebhook(bench: Bench): Promise<Json> {
	const { rest, playground } = bench;
	const path = `upload-${randomUUID()}`;
	const hook = makeNode('Webhook', 0, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	});
	const credential = bench.credential('Kingsoft Cloud');
	const node = makeNode(NODE, 1, { ...upload, credential });
	const webhook = { ...hook, webhookId: randomUUID() };
	const saved = await rest.createWorkflow(chain('Upload by webhook', [webhook, node]));
	await rest.publish(saved);
	const form = new FormData();
	form.append('data', new Blob([FILE], { type: 'image/png' }), FILE_NAME);
	const { status, data } = await axios.post<Json>(`${playground.n8n.url}/webhook/${path}`, form, {
		proxy: false,
		timeout: 20_000,
		validateStatus: null,
	});
	assert.equal(status, 200, JSON.stringify(data));
	const execution = await waitFor(
		async () => (await rest.executions({ workflowId: saved.id }))[0],
		{ what: 'the execution of the webhook', timeoutMs: 10_000 },
	);
	const stored = outcomeOf(await rest.executionEnd(execution.id), NODE);
	assert.deepEqual(stored.items, [data]);
	await rest.unpublish(saved.id);
	return data;
}

async function uploadMadeFile(bench: Bench): Promise<Json> {
	const { rest } = bench;
	const start = makeNode('Start', 0, { type: 'n8n-nodes-base.manualTrigger', parameters: {} });
	const fields = makeNode('Text', 1, {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: '{ "text": "工单内容" }', options: {} },
	});
	const convert = makeNode('Convert to File', 2, {
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toText', sourceProperty: 'text', options: { fileName: '工单.txt' } },
	});
	const node = makeNode(NODE, 3, { ...upload, credential: bench.credential('Kingsoft Cloud') });
	const saved = await rest.createWorkflow(
		chain('Upload of a made file', [start, fields, convert, node]),
	);
	const outcome = outcomeOf(await rest.runManually(saved.id, 'Start'), NODE);
	assert.equal(outcome.execution.status, 'success', outcome.error);
	return only(outcome.items, 'items');
}

async function checkSevenMoor(checks: Checks, bench: Bench): Promise<void> {
	const { sevenMoor } = bench.sandbox;
	const run = async (operation: string, parameters: Json): Promise<Json[]> =>
		await bench.answer({
			type: 'sevenMoor',
			parameters: { resource: 'dictionary', operation, ...parameters },
			credential: bench.credential('7moor'),
		});
	const id = randomUUID();

	await checks.check('7moor: get the dictionary of the vendor’s sample', async () => {
		const sample = '75cf1273-042e-a83d-8118-ddfb50af4ac1';
		const item = only(await run('get', { dictionaryId: sample }), 'items');
		assert.equal(item['name'], '修改接口三级');
		assert.equal(item['levels'], 3);
		assert.deepEqual(item['paths'], [['李婷测试接口3', '嘿嘿1', '滴滴2']]);
		assert.equal(item['createdAt'], '2021-12-03T15:16:12+08:00');
	});
	await checks.check('7moor: create a dictionary from rows', async () => {
		const item = only(
			await run('create', {
				name: '故障类型',
				headers: ['设备', '现象'],
				optionsAs: 'rows',
				optionRows: '打印机 / 卡纸\n打印机 / 缺墨\n空调 / 不制冷',
				additionalFields: { dictionaryId: id },
			}),
			'items',
		);
		assert.equal(item['id'], id);
		assert.equal(item['optionCount'], 5);
		const made = sevenMoor.dictionaries().find(({ _id }) => _id === id);
		assert.equal(made?.name, '故障类型');
		assert.equal(made.cascade, '2');
		assert.deepEqual(
			made.options.map(({ name, options }) => [name, options.map((option) => option.name)]),
			[
				['打印机', ['卡纸', '缺墨']],
				['空调', ['不制冷']],
			],
		);
	});
	await checks.check('7moor: update it; the keys of what stays are kept', async () => {
		const before = sevenMoor.dictionaries().find(({ _id }) => _id === id)?.options[0]?.key;
		await run('update', {
			dictionaryId: id,
			optionsAs: 'addRows',
			optionRows: '打印机 / 无法连接',
			updateFields: { name: '故障类型二' },
		});
		const changed = sevenMoor.dictionaries().find(({ _id }) => _id === id);
		assert.equal(changed?.name, '故障类型二');
		assert.equal(changed.options[0]?.key, before);
		assert.deepEqual(
			changed.options[0]?.options.map(({ name }) => name),
			['卡纸', '缺墨', '无法连接'],
		);
	});
	await checks.check(
		'7moor: get many dictionaries, over several pages, and one by name',
		async () => {
			sevenMoor.createDictionary();
			const items = await run('getAll', { returnAll: true, options: { pageSize: 1 } });
			const names = sevenMoor.dictionaries().map(({ name }) => name);
			assert(names.length > 2);
			assert.deepEqual(
				items.map(({ name }) => name),
				names,
			);
			const named = await run('get', {
				dictionaryId: { __rl: true, mode: 'name', value: '故障类型二' },
			});
			assert.equal(only(named, 'items')['id'], id);
		},
	);
}

/** Every operation of the four vendors' documents, in workflows that n8n runs and stores. */
export async function checkOperations(checks: Checks, bench: Bench): Promise<void> {
	await checkKingdee(checks, bench);
	await checkWeiban(checks, bench);
	await checkKingsoftReads(checks, bench);
	await checkKingsoftWrites(checks, bench);
	await checkSevenMoor(checks, bench);
}
