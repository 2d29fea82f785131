import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { SavedWorkflow } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';
import { outcomeOf } from '../test/bench.mts';
import {
	executionsOf,
	publishWebhook,
	withCredential,
	type Findings,
	type Setting,
} from './chapter.mts';

const EXECUTIONS = 4;
const ITEMS_EACH = 250;
const NODE = 'Get';
/** Weiban counts the calls of any minute. */
const WINDOW_MS = 61_000;
const TIMEOUT_MS = 5 * 60_000;
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** Reads one work order for each number in the body of the webhook. */
async function publish(
	setting: Setting,
	path: string,
	limitShare?: number,
): Promise<SavedWorkflow> {
	return await publishWebhook(setting, path, {
		'Split Out': {
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.numbers', options: {} },
		},
		[NODE]: withCredential(setting, 'weibanApi', {
			type: 'weiban',
			parameters: {
				resource: 'workOrder',
				operation: 'get',
				orderNo: { __rl: true, mode: 'id', value: '={{ $json["body.numbers"] }}' },
				requestOptions: limitShare === undefined ? {} : { limitShare },
			},
		}),
	});
}

/** Both workers together want more of one account than Weiban allows in a minute. */
export async function limits(setting: Setting): Promise<Findings> {
	const { playground, cluster, log, signal } = setting;
	const { sandbox, n8n } = playground;
	const { weiban } = sandbox;
	const batches = Array.from({ length: EXECUTIONS }, () =>
		Array.from({ length: ITEMS_EACH }, () => weiban.createWorkOrder().order_no),
	);
	const rows: Findings['rows'] = [];
	const problems: string[] = [];

	const round = async (title: string, path: string, limitShare?: number): Promise<number> => {
		const workflow = await publish(setting, path, limitShare);
		const before = sandbox.requests('weiban').length;
		const begin = performance.now();
		const post = async (numbers: string[]): Promise<unknown> =>
			await axios.post(`${n8n.webhookUrl}/webhook/${path}`, { numbers }, { proxy: false });
		await Promise.all(batches.map(post));
		const executions = await waitFor(
			async () => {
				const all = await executionsOf(setting, workflow);
				const ended = all.filter(({ status }) => ENDED.includes(status));
				return ended.length === EXECUTIONS ? ended : undefined;
			},
			{ what: `${EXECUTIONS} executions`, timeoutMs: TIMEOUT_MS, signal },
		);
		const seconds = Math.round((performance.now() - begin) / 1000);
		const got = await Promise.all(
			executions.map(async ({ id }) => {
				const { items } = outcomeOf(await n8n.rest.execution(id), NODE);
				return items.map((item) => item['number']);
			}),
		);
		const whole = batches.filter((batch) => got.some((one) => isDeepStrictEqual(one, batch)));
		const { length: refused } = sandbox
			.requests('weiban')
			.slice(before)
			.filter(({ refusal }) => refusal !== null);
		const shares = cluster.workers.map(({ began }) => {
			const { length } = executions.filter(({ id }) => began.has(id));
			return String(length);
		});
		const read = `${whole.length * ITEMS_EACH} of ${EXECUTIONS * ITEMS_EACH} items read, in order`;
		const text = `${read}; ${refused} calls refused; ${seconds} s (${shares.join(' and ')} executions)`;
		log(`${title}: ${text}`);
		rows.push([title, text]);
		if (whole.length < EXECUTIONS) problems.push(`${title}: ${read}`);
		return refused;
	};

	await round('Each worker takes the whole limit', 'whole-limit');
	await sleep(WINDOW_MS, undefined, { signal });
	const title = 'Share of the Limits: 50 %';
	const refused = await round(title, 'half-limit', 50);
	if (refused > 0) problems.push(`${title}: ${refused} calls refused`);
	return { rows, problems };
}
