import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { logIns } from './accounts.mts';
import { chain, makeNode, type Bench, type Json, type NodePlan } from './bench.mts';
import { wrongSecret } from './credentialTests.mts';
import type { NodePanel } from './editor.mts';
import type { Visit } from './visit.mts';

const START = 'Start';
const TALL = { width: 1280, height: 1300 };

const unpicked = { __rl: true, mode: 'list', value: '' };
const byId = (value: string): Json => ({ __rl: true, mode: 'id', value });

/** A saved workflow that a person starts by hand; the nodes stand one behind the other. */
async function save(bench: Bench, nodes: Record<string, NodePlan>, items: Json[]): Promise<string> {
	const start = makeNode(START, 0, { type: 'n8n-nodes-base.manualTrigger', parameters: {} });
	const others = Object.entries(nodes).map(([name, plan], index) =>
		makeNode(name, index + 1, plan),
	);
	const { id } = await bench.rest.createWorkflow({
		...chain(`Fields: ${Object.keys(nodes).join(', ')}`, [start, ...others]),
		pinData: { [START]: items.map((json) => ({ json })) },
	});
	return id;
}

/** What the vendors define and a person sees in the editor: lists, forms, differences. */
export async function checkFields(visit: Visit): Promise<void> {
	await checkLists(visit);
	await checkForm(visit);
	await checkDryRun(visit);
	await checkTools(visit);
}

async function checkLists({ bench, check, editor, picture }: Visit): Promise<void> {
	const { weiban } = bench.sandbox;
	const plan = (credential: string): NodePlan => ({
		type: 'weiban',
		parameters: { resource: 'workOrder', operation: 'get', orderNo: unpicked },
		credential: bench.credential(credential),
	});

	await check(
		'a work order is searched by its title and picked, and the node reads it',
		async () => {
			const numbers = ['空调不制冷', '打印机卡纸', '空调漏水'].map(
				(title) => weiban.createWorkOrder({ title }).order_no,
			);
			const workflow = await save(bench, { 'Get Work Order': plan('Weiban') }, [{}]);
			const panel = await editor().openNode(workflow, 'Get Work Order');
			const list = await panel.openList('orderNo');
			await list.search('空调');
			await list.has([`空调漏水 (${numbers[2]})`, `空调不制冷 (${numbers[0]})`]);
			await picture('field-list', panel.parameters);
			await list.pick('空调漏水');
			assert.equal(await list.shown(), `空调漏水 (${numbers[2]})`);
			const output = await panel.execute();
			assert.match(output, new RegExp(`"number":\\s*"${numbers[2]}"`));
			assert.match(output, /"title":\s*"空调漏水"/);
		},
	);
	await check('a list that cannot be read says why in the words of the vendor', async () => {
		const logIn = logIns(bench).find(({ name }) => name === 'Weiban') ?? assert.fail();
		const { type, data, secret } = logIn;
		const wrong = { ...data, [secret]: wrongSecret(bench, logIn) };
		await bench.addCredential('Weiban, wrong secret', type, wrong);
		const workflow = await save(bench, { 'Get Work Order': plan('Weiban, wrong secret') }, [{}]);
		const panel = await editor().openNode(workflow, 'Get Work Order');
		const told = await (await panel.openList('orderNo')).error();
		assert.match(told, /secret错误/);
		assert(!told.includes(String(wrong[secret])), 'the list names the secret');
	});
}

async function checkForm({ bench, check, editor, picture }: Visit): Promise<void> {
	const { weiban } = bench.sandbox;
	const created = (): string[] => weiban.workOrders().map(({ order_no }) => order_no);
	const calls = (): string[] => bench.sandbox.requests('weiban').map(({ path }) => path);
	let panel: NodePanel | undefined;
	const thePanel = (): NodePanel => panel ?? assert.fail('the node did not open');

	await check('the form of a template appears when the template is picked', async () => {
		const { component_list: components } = weiban.templates.find(62081);
		const wanted = ['多选项', '电话', '城市'];
		weiban.templates.add({
			id: 62090,
			title: '上门维修',
			component_list: components.filter(({ title }) => wanted.includes(title)),
		});
		const workflow = await save(
			bench,
			{
				'Create Work Order': {
					type: 'weiban',
					parameters: {
						resource: 'workOrder',
						operation: 'create',
						templateId: unpicked,
						title: '空调不制冷',
						customerId: byId('wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg'),
						staffId: byId('LiuYang'),
						handlerId: unpicked,
					},
					credential: bench.credential('Weiban'),
				},
			},
			[{}],
		);
		await editor().page.setViewportSize(TALL);
		panel = await editor().openNode(workflow, 'Create Work Order');
		const list = await panel.openList('templateId');
		await list.pick('上门维修');
		assert.deepEqual(await panel.mappedFields(), [
			'多选项 (of: 早, 晚)',
			'电话 (up to 11 characters)',
			'城市',
		]);
		assert.deepEqual(await panel.choices('城市'), ['北京', '上海']);
	});
	await check('a required field left empty is refused before anything is sent', async () => {
		const before = { orders: created(), calls: calls() };
		await thePanel().clickExecute();
		assert.match(await editor().toast(), /Field "电话" is required/);
		assert.deepEqual(calls(), before.calls);
		await thePanel().fill('电话', '  ');
		assert.match(await thePanel().executeInVain(), /Form field "电话" is empty/);
		assert.deepEqual(created(), before.orders);
	});
	await check('the form filled in makes the work order', async () => {
		const before = created();
		await thePanel().fill('电话', '13800138000');
		await thePanel().choose('城市', '上海');
		await picture('field-form', thePanel().parameters);
		const output = await thePanel().execute();
		const [number, ...more] = created().filter((one) => !before.includes(one));
		assert(number !== undefined && more.length === 0, 'one work order more');
		assert.match(output, new RegExp(`"id":\\s*"${number}"`));
		const order = weiban.workOrders().find(({ order_no }) => order_no === number);
		assert.equal(order?.title, '空调不制冷');
		assert.deepEqual(
			order?.work_order_component_record_list.map(({ title, value, values }) => [
				title,
				value || values,
			]),
			[
				['电话', '13800138000'],
				['城市', ['上海']],
			],
		);
	});
}

async function checkDryRun({ bench, check, editor }: Visit): Promise<void> {
	const { sevenMoor } = bench.sandbox;
	await check(
		'a dry run of a synchronisation shows the difference and changes nothing',
		async () => {
			const option = (name: string) => ({ key: randomUUID(), name, state: '2', options: [] });
			const dictionary = sevenMoor.createDictionary({
				name: '报修地区',
				options: [option('华东'), option('华北')],
			});
			const before = structuredClone(dictionary);
			const workflow = await save(
				bench,
				{
					'Sync Options': {
						type: 'sevenMoor',
						parameters: {
							resource: 'dictionaryOption',
							operation: 'syncFromItems',
							dictionaryId: unpicked,
							levelColumns: { level: [{ column: 'region' }] },
							others: 'disable',
						},
						credential: bench.credential('7moor'),
					},
				},
				['华东', '华南'].map((region) => ({ region })),
			);
			const panel = await editor().openNode(workflow, 'Sync Options');
			await (await panel.openList('dictionaryId')).pick('报修地区');
			await panel.toggle('dryRun');
			const shown = JSON.parse(await panel.execute()) as Json[];
			assert.partialDeepStrictEqual(shown, [
				{ dryRun: true, changed: false, rows: 2, added: ['华南'], disabled: ['华北'] },
			]);
			const after = sevenMoor.dictionaries().find(({ _id }) => _id === before._id);
			assert.deepEqual(after, before);
			const writes = bench.sandbox
				.requests('sevenMoor')
				.filter(({ path, body }) => path.includes('updateDictionary') && body.includes(before._id));
			assert.deepEqual(writes, []);
		},
	);
}

async function checkTools({ bench, check, editor }: Visit): Promise<void> {
	await check('as a tool of an AI agent a node offers no selection of fields', async () => {
		const plan = (type: string): NodePlan => ({
			type,
			parameters: { resource: 'ticket', operation: 'get', ticketId: byId('1204') },
			credential: bench.credential('Kingsoft Cloud'),
		});
		const nodes = { Node: plan('kingsoftCloud'), Tool: plan('kingsoftCloudTool') };
		const workflow = await save(bench, nodes, [{}]);
		const offered = async (name: string): Promise<string[]> =>
			await (await editor().openNode(workflow, name)).choices('output');
		assert.deepEqual(await offered('Node'), ['Raw', 'Selected Fields', 'Simplified']);
		assert.deepEqual(await offered('Tool'), ['Raw', 'Simplified']);
	});
}
