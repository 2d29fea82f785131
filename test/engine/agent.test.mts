import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox, Vendor } from '../../sandbox/index.mts';
import { runAgent, type ToolNode } from './agent.mts';
import type { Engine } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { examples } from './examples/index.mts';
import { credentialsFor } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const fromAI = (key: string, about: string) => `={{ $fromAI('${key}', '${about}', 'string') }}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

interface Use {
	/** Parameters of the node; what the model fills in holds `$fromAI`. */
	parameters: INodeParameters;
	/** What the model gives. */
	args: IDataObject;
}

interface Uses {
	vendor: Vendor;
	read: Use;
	/** What the answer of the read has to hold. */
	found: object;
	write: Use;
	/** The call of the write, with what the model gave. */
	sent: { path: string; body: string };
}

const uses: Uses[] = [
	{
		vendor: 'kingdee',
		read: {
			parameters: { resource: 'workOrder', operation: 'get', id: byId(fromAI('order', 'ID')) },
			args: { order: '2230413444614467584' },
		},
		found: { vendor: 'kingdee', id: '2230413444614467584' },
		write: {
			parameters: {
				resource: 'workOrder',
				operation: 'process',
				...examples.kingdee['workOrder.process']?.parameters,
				id: byId(fromAI('order', 'ID')),
				additionalFields: { note: fromAI('note', 'What was done') },
			},
			args: { order: '2230413444614467584', note: '已更换密封圈' },
		},
		sent: { path: '/weigusoft/wg_crm/wg_handleBillBusinessApi', body: '"clsmid":"已更换密封圈"' },
	},
	{
		vendor: 'kingsoftCloud',
		read: {
			parameters: { resource: 'ticket', operation: 'get', ticketId: byId(fromAI('ticket', 'ID')) },
			args: { ticket: '1204' },
		},
		found: { vendor: 'kingsoftCloud', id: '1204' },
		write: {
			parameters: {
				resource: 'ticket',
				operation: 'comment',
				ticketId: byId(fromAI('ticket', 'ID')),
				detail: fromAI('comment', 'What to say'),
			},
			args: { ticket: '9007199254740993', comment: '已重启' },
		},
		sent: {
			path: '/workorder/api/ticket/comment_ticket',
			body: '{"detail":"已重启","id":9007199254740993}',
		},
	},
	{
		vendor: 'sevenMoor',
		read: {
			parameters: {
				resource: 'dictionary',
				operation: 'get',
				dictionaryId: byId(fromAI('dictionary', 'ID')),
			},
			args: { dictionary: '75cf1273-042e-a83d-8118-ddfb50af4ac1' },
		},
		found: { id: '75cf1273-042e-a83d-8118-ddfb50af4ac1', name: '修改接口三级' },
		write: {
			parameters: {
				resource: 'dictionary',
				operation: 'update',
				dictionaryId: byId(fromAI('dictionary', 'ID')),
				updateFields: { name: fromAI('name', 'New name') },
			},
			args: { dictionary: '75cf1273-042e-a83d-8118-ddfb50af4ac1', name: '报修类型' },
		},
		sent: {
			path: '/v20210827/business/updateDictionary/N00000046053',
			body: '"name":"报修类型"',
		},
	},
	{
		vendor: 'weiban',
		read: {
			parameters: { resource: 'workOrder', operation: 'get', orderNo: byId(fromAI('order', 'No')) },
			args: { order: '1471808049579560960' },
		},
		found: { vendor: 'weiban', id: '1471808049579560960' },
		write: {
			parameters: {
				resource: 'workOrder',
				operation: 'comment',
				...examples.weiban['workOrder.comment']?.parameters,
				orderNo: byId(fromAI('order', 'No')),
				text: fromAI('comment', 'What to say'),
			},
			args: { order: '1471808049579560960', comment: '已联系客户' },
		},
		sent: { path: '/open-api/workorder/reply', body: '"text":"已联系客户"' },
	},
];

test.each(uses)(
	'an agent reads and writes at $vendor with values of the model',
	async ({ vendor, read, found, write, sent }) => {
		const credentialType = `${vendor}Api` as const;
		const tools: ToolNode[] = [
			{ name: 'read', type: vendor, parameters: read.parameters },
			{ name: 'write', type: vendor, parameters: write.parameters },
		];
		const { answers, error } = await runAgent(
			engine,
			tools,
			{ [credentialType]: credentialsFor(sandbox)[credentialType] },
			[
				{ tool: 'read', args: read.args },
				{ tool: 'write', args: write.args },
			],
		);
		if (error !== undefined) throw error;
		const [record] = JSON.parse(answers[0]?.answer ?? '') as object[];
		expect(record).toMatchObject(found);
		expect(answers[1]?.answer).toMatch(/^\[\{.*\}\]$/s);
		const call = sandbox.requests(vendor).find(({ path }) => path === sent.path);
		expect(call?.accepted).toBe(true);
		expect(call?.body).toContain(sent.body);
	},
);

test('the model learns why a call was refused', async () => {
	const { kingsoftCloudApi } = credentialsFor(sandbox);
	const tool: ToolNode = {
		name: 'read',
		type: 'kingsoftCloud',
		parameters: uses[1]?.read.parameters ?? {},
	};
	const { error } = await runAgent(engine, [tool], { kingsoftCloudApi }, [
		{ tool: 'read', args: { ticket: '404404' } },
	]);
	expect(error?.message).toMatch(/^工单不存在 \(Kingsoft Cloud errno 22004\)/);
});
