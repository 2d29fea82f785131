import axios from 'axios';
import { waitFor } from '../src/wait.mts';
import {
	executionsOf,
	publishWebhook,
	withCredential,
	type Findings,
	type Setting,
} from './chapter.mts';
import { logIns } from './review.mts';

const EXECUTIONS = 40;
const PATH = 'sessions';
const TIMEOUT_MS = 3 * 60_000;
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/**
 * Executions on both workers meet the end of the Weiban session together. They read the new one from n8n's
 * database; at the worst each worker opens one before it sees the other's.
 */
export async function sessions(setting: Setting): Promise<Findings> {
	const { playground, cluster, log, signal } = setting;
	const { sandbox, n8n } = playground;
	const { order_no: orderNo } = sandbox.weiban.createWorkOrder();
	const workflow = await publishWebhook(setting, PATH, {
		Get: withCredential(setting, 'weibanApi', {
			type: 'weiban',
			parameters: {
				resource: 'workOrder',
				operation: 'get',
				orderNo: { __rl: true, mode: 'id', value: orderNo },
			},
		}),
	});
	const rows: Findings['rows'] = [];
	const problems: string[] = [];

	const round = async (title: string, mostLogIns: number): Promise<void> => {
		const before = (await executionsOf(setting, workflow)).length;
		const logInsBefore = logIns(sandbox, 'Weiban').length;
		const post = async (): Promise<unknown> =>
			await axios.post(`${n8n.webhookUrl}/webhook/${PATH}`, {}, { proxy: false, timeout: 60_000 });
		await Promise.all(Array.from({ length: EXECUTIONS }, post));
		const own = await waitFor(
			async () => {
				const executions = (await executionsOf(setting, workflow)).slice(before);
				const ended = executions.filter(({ status }) => ENDED.includes(status));
				return ended.length === EXECUTIONS ? ended : undefined;
			},
			{ what: `${EXECUTIONS} executions`, timeoutMs: TIMEOUT_MS, signal },
		);
		const opened = logIns(sandbox, 'Weiban').length - logInsBefore;
		const shares = cluster.workers.map(({ finished }) => {
			const { length } = own.filter(({ id }) => finished.has(id));
			return String(length);
		});
		const { length: failed } = own.filter(({ status }) => status !== 'success');
		const plural = opened === 1 ? '' : 's';
		const text = `${opened} log-in${plural} (${shares.join(' and ')} executions, ${failed} failed)`;
		log(`${title}: ${text}`);
		rows.push([title, text]);
		if (failed > 0) problems.push(`${title}: ${failed} executions failed`);
		if (opened > mostLogIns) problems.push(`${title}: ${opened} log-ins`);
	};

	// What stood in the database before is of the credential's test, if anything.
	sandbox.weiban.expireTokens();
	await round('Session ended', cluster.workers.length);
	await round('Session good', 0);
	sandbox.weiban.newTokenEndsOld = true;
	sandbox.weiban.expireTokens();
	await round('Session ended, and a new one ends the old', Number.POSITIVE_INFINITY);
	return { rows, problems };
}
