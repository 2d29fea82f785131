import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chain, makeNode } from '../test/bench.mts';
import { executionsOf, type Findings, type Setting } from './chapter.mts';

const PAIRS = 20;
const PATH_END = 'webhook';
/** For the last execution to reach the database. */
const SETTLE_MS = 3000;

/** The same Weiban event at two webhook processes, one after the other and at the same moment. */
export async function repeatedPushes(setting: Setting): Promise<Findings> {
	const { playground, cluster, log, signal } = setting;
	const { rest, credentials } = playground.n8n;
	const { weiban } = playground.sandbox;
	const webhookId = randomUUID();
	const trigger = {
		...makeNode('Weiban Trigger', 0, {
			type: 'weibanTrigger',
			parameters: { events: ['created'], filters: {}, options: {} },
			credential: credentials['weibanCallbackApi'],
		}),
		webhookId,
	};
	const noOp = makeNode('Nothing', 1, { type: 'n8n-nodes-base.noOp', parameters: {} });
	const workflow = await rest.createWorkflow(chain('Queue test: repeated pushes', [trigger, noOp]));
	await rest.publish(workflow);
	const urls = cluster.webhooks.map(({ url }) => `${url}/webhook/${webhookId}/${PATH_END}`);
	const push = async (url: string, id: string): Promise<void> => {
		const data = { order_no: '1471808049579561379', staff_id: 'LiuYang' };
		const { status, body } = await weiban.push(url, 'create', data, { id });
		if (status !== 200) throw new Error(`${url} answered ${status}: ${body}`);
	};
	const rows: Findings['rows'] = [];
	const round = async (title: string, pair: (id: string) => Promise<void>): Promise<number> => {
		const before = (await executionsOf(setting, workflow)).length;
		for (let count = 0; count < PAIRS; count++) await pair(randomUUID());
		await sleep(SETTLE_MS, undefined, { signal });
		const told = (await executionsOf(setting, workflow)).length - before;
		const text = `${PAIRS} events told ${told} times`;
		log(`${title}: ${text}`);
		rows.push([title, text]);
		return told;
	};
	const problems: string[] = [];
	const after = await round('Pushed again at another webhook process', async (id) => {
		for (const url of urls) await push(url, id);
	});
	if (after !== PAIRS)
		problems.push(`${PAIRS} events, each pushed again later, told ${after} times`);
	const together = await round('Pushed to both at the same moment', async (id) => {
		await Promise.all(urls.map(async (url) => await push(url, id)));
	});
	if (together < PAIRS) problems.push(`Of ${PAIRS} events only ${together} were told`);
	return { rows, problems };
}
