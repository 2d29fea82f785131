import assert from 'node:assert/strict';
import { startModelServer, type Question, type ToolUse } from './modelServer.mts';
import type { Stage } from './stage.mts';

// Whoever takes them for numbers ends up with other ones.
const TICKET = '9007199254740995';
const WORK_ORDER = '1471808049579561381';
const OTHER = '9007199254740999';
const UNREADABLE = '9007199254740997';
const CUSTOMER = '远洋数据';
const OTHER_CUSTOMER = '北山科技';

interface WorkOrderAnswer {
	id: string;
	description: string | null;
	status: string;
	customer: { name: string | null };
}

/** What a tool answered so far: the work orders in its items. */
function answerOf({ answers }: Question, tool: string): WorkOrderAnswer[] | undefined {
	const found = answers.find((answer) => answer.tool === tool);
	return found === undefined ? undefined : (JSON.parse(found.answer) as WorkOrderAnswer[]);
}

/** Each next step, and the proposal, follow from what the tools answered before. */
function nextStep(question: Question): ToolUse {
	const id = /Ticket (\d+)/.exec(question.prompt)?.[1];
	if (id === UNREADABLE) throw new Error('This model is out of order');

	const [ticket] = answerOf(question, 'Get_Ticket') ?? [];
	if (ticket === undefined) return { tool: 'Get_Ticket', arguments: { Ticket_ID: id } };

	const customer = ticket.customer.name;
	const tickets = answerOf(question, 'Find_Tickets_of_a_Customer');
	if (tickets === undefined) {
		return { tool: 'Find_Tickets_of_a_Customer', arguments: { Customer_Name: customer } };
	}
	const number = /Weiban (\d+)/.exec(ticket.description ?? '')?.[1];
	const [workOrder] = answerOf(question, 'Get_Weiban_Work_Order') ?? [];
	if (number !== undefined && workOrder === undefined) {
		return { tool: 'Get_Weiban_Work_Order', arguments: { Work_Order_Number: number } };
	}
	const open = tickets.filter(({ status }) => status === 'open').length;
	const reasons = [`${customer} has ${open} open tickets`, workOrder?.description];
	const proposal = {
		type: reasons.join(' ').includes('报错') ? 'Troubleshooting' : 'Consultation',
		priority: open > 2 ? 'urgent' : 'normal',
		reason: reasons.filter(Boolean).join('; '),
	};
	return { tool: 'format_final_json_response', arguments: { output: proposal } };
}

function about(ticket: string): (text: string) => boolean {
	return (text) => text.includes(`for Kingsoft Cloud ticket ${ticket}:`);
}

/** ai-triage.json: the agent's tools are asked with the model's values, and Slack gets the proposal. */
export async function triage(stage: Stage): Promise<string> {
	const { sandbox } = stage.playground;
	const { kingsoftCloud, weiban } = sandbox;
	const model = await startModelServer(nextStep);
	await stage.addCredential({
		name: 'OpenAI (stand-in)',
		type: 'openAiApi',
		data: { apiKey: model.apiKey, url: model.url, header: false },
	});
	const customer = { customer_organization_name: CUSTOMER };
	kingsoftCloud.createTicket({ ...customer, title: '控制台打不开' });
	kingsoftCloud.createTicket({ ...customer, title: '账单页面无法显示' });
	weiban.createWorkOrder({
		order_no: WORK_ORDER,
		content: { text: '登录后一直报错 500', pic: [] },
	});

	const workflow = await stage.bring('ai-triage');
	// The trigger takes note of what is there already, then n8n calls the workflow published.
	await workflow.publish();
	const { length: earlier } = sandbox.requests('kingsoftCloud');
	const detail = `Reported as Weiban ${WORK_ORDER}`;
	kingsoftCloud.createTicket({ id: UNREADABLE, title: '模型无法处理' });
	kingsoftCloud.createTicket({ ...customer, id: TICKET, title: '无法登录 <控制台>', detail });
	kingsoftCloud.createTicket({
		id: OTHER,
		title: '如何升级带宽',
		customer_organization_name: OTHER_CUSTOMER,
	});

	const proposals = [
		[
			`Proposal for Kingsoft Cloud ticket ${TICKET}: Troubleshooting, urgent`,
			'无法登录 &lt;控制台&gt;',
			'Now: Troubleshooting, normal',
			`Why: ${CUSTOMER} has 3 open tickets; 登录后一直报错 500`,
			'Please decide.',
		],
		[
			`Proposal for Kingsoft Cloud ticket ${OTHER}: Consultation, normal`,
			'如何升级带宽',
			'Now: Troubleshooting, normal',
			`Why: ${OTHER_CUSTOMER} has 1 open tickets`,
			'Please decide.',
		],
	].map((lines) => lines.join('\n'));
	assert.equal(await stage.slackMessage(about(TICKET)), proposals[0]);
	assert.equal(await stage.slackMessage(about(OTHER)), proposals[1]);
	const byHand = await stage.slackMessage(about(UNREADABLE));
	assert.match(byHand, /^No proposal .*: Bad request.*\n.*\nPlease triage it by hand\.$/);
	const messages = stage.slack((text) => text.includes('roposal for Kingsoft Cloud ticket'));
	assert.equal(messages.length, 3, 'one message for each ticket');

	const first = model.uses.findIndex(({ arguments: values }) => values['Ticket_ID'] === TICKET);
	assert.deepEqual(model.uses.slice(first, first + 3), [
		{ tool: 'Get_Ticket', arguments: { Ticket_ID: TICKET } },
		{ tool: 'Find_Tickets_of_a_Customer', arguments: { Customer_Name: CUSTOMER } },
		{ tool: 'Get_Weiban_Work_Order', arguments: { Work_Order_Number: WORK_ORDER } },
	]);
	assert.equal(model.uses.length, 4 + 3, 'what the model was asked for two tickets');
	const asked = [
		...sandbox.requests('kingsoftCloud').slice(earlier),
		...sandbox.requests('weiban'),
	];
	const reached = (path: string, passes: (text: string) => boolean): boolean =>
		asked.some(({ path: at, rawUrl, body }) => at.endsWith(path) && passes(rawUrl + body));
	assert(
		reached('/ticket/base', (text) => text.includes(TICKET)),
		'Get Ticket reached the vendor',
	);
	assert(
		reached('/ticket/list_tickets', (text) => text.includes(CUSTOMER)),
		'Find Tickets of a Customer reached the vendor',
	);
	assert(
		reached('/workorder/detail', (text) => text.includes(WORK_ORDER)),
		'Get Weiban Work Order reached the vendor',
	);
	return 'three tools used with the values of the model, its proposal is in Slack; a ticket that it failed on is left to a person';
}
