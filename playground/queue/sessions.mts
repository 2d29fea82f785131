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
/** Each worker may open one or two before it reads the other's; unshared it would be one per execution. */
const MOST_LOG_INS = EXECUTIONS / 4;
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/**
 * Executions on both workers meet the end of the Weiban session together, and read the new one from n8n's
 * database. Whether a new session ends the one before it is not published: that round is shown, not judged.
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

	const round = async (title: string, mostLogIns?: number): Promise<void> => {
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
		const shares = cluster.workers.map(({ began }) => {
			const { length } = own.filter(({ id }) => began.has(id));
			return String(length);
		});
		const { length: failed } = own.filter(({ status }) => status !== 'success');
		const plural = opened === 1 ? '' : 's';
		const text = `${opened} log-in${plural} (${shares.join(' and ')} executions, ${failed} failed)`;
		log(`${title}: ${text}`);
		rows.push([title, text]);
		if (mostLogIns === undefined) return;
		if (failed > 0) problems.push(`${title}: ${failed} executions failed`);
		if (opened > mostLogIns) problems.push(`${title}: ${opened} log-ins`);
	};

	// What stood in the database before is of the credential's test, if anything.
	sandbox.weiban.expireTokens();
	await round('Session ended', MOST_LOG_INS);
	await round('Session good', 0);
	sandbox.weiban.newTokenEndsOld = true;
	sandbox.weiban.expireTokens();
	await round('Session ended, if a new one ended the old');
	return { rows, problems };
}
