import assert from 'node:assert/strict';
import { logIns, type LogIn } from './accounts.mts';
import type { Bench, Json, NodePlan, Outcome } from './bench.mts';
import type { Checks } from './checks.mts';
import { wrongSecret } from './credentialTests.mts';
import { handling } from './operations.mts';

/** A harmless call with the node of each vendor. */
const calls: Record<LogIn['vendor'], Pick<NodePlan, 'type' | 'parameters'>> = {
	kingdee: {
		type: 'kingdee',
		parameters: { ...handling, id: '2230413444614467584', orderNo: 'fwgs-20250605-00000001' },
	},
	kingsoftCloud: {
		type: 'kingsoftCloud',
		parameters: { resource: 'ticket', operation: 'get', ticketId: '1204' },
	},
	sevenMoor: {
		type: 'sevenMoor',
		parameters: { resource: 'dictionary', operation: 'getAll' },
	},
	weiban: {
		type: 'weiban',
		parameters: { resource: 'workOrder', operation: 'get', orderNo: '1471808049579560960' },
	},
};

function getTicket(bench: Bench, onError: NodePlan['onError']): NodePlan {
	return {
		type: 'kingsoftCloud',
		parameters: { resource: 'ticket', operation: 'get', ticketId: '={{ $json.id }}' },
		credential: bench.credential('Kingsoft Cloud'),
		...(onError === undefined ? {} : { onError }),
	};
}

const mixed = ['1204', '99999', '1473', 'no number'].map((id) => ({ id }));

function assertQuiet(outcome: Outcome, secrets: string[]): void {
	const stored = JSON.stringify(outcome.execution.data);
	for (const secret of secrets) {
		assert(!stored.includes(secret), 'the stored execution holds a secret');
	}
}

/** Failing items and failing calls, as n8n stores them. */
export async function checkFailures(checks: Checks, bench: Bench): Promise<void> {
	await checks.check('Error output: the other items go on, the failed ones say why', async () => {
		const { outputs, execution } = await bench.run(getTicket(bench, 'continueErrorOutput'), mixed);
		assert.equal(execution.status, 'success');
		const [good = [], bad = []] = outputs;
		assert.deepEqual(
			good.map(({ id }) => id),
			['1204', '1473'],
		);
		assert.equal(bad.length, 2);
		assert.match(String(bad[0]?.['error']), /工单不存在/);
		assert.match(String(bad[1]?.['error']), /^Ticket is not a whole number/);
	});

	await checks.check('Continue (using the regular output): all items in their order', async () => {
		const { items } = await bench.run(getTicket(bench, 'continueRegularOutput'), mixed);
		assert.deepEqual(
			items.map(({ id, error }) => id ?? (error === undefined ? null : 'failed')),
			['1204', 'failed', '1473', 'failed'],
		);
	});

	await checks.check('Stop on error: the execution fails with the reason', async () => {
		const { execution, error } = await bench.run(getTicket(bench, undefined), mixed.slice(0, 3));
		assert.equal(execution.status, 'error');
		assert.match(error, /工单不存在/);
	});

	for (const logIn of logIns(bench)) {
		const { name, vendor, type, data, secret } = logIn;
		const right = String(data[secret]);

		await checks.check(`${name}: a wrong secret fails without being named`, async () => {
			const wrong = wrongSecret(bench, logIn);
			const values = { ...data, [secret]: wrong };
			const credential = await bench.rest.createCredential(`${name}, for a failure`, type, values);
			const outcome = await bench.run({ ...calls[vendor], credential });
			assert.equal(outcome.execution.status, 'error');
			assert.match(outcome.error, /\w/);
			assertQuiet(outcome, [wrong, right]);
		});

		await checks.check(`${name}: a secret echoed by the vendor is masked`, async () => {
			const credential = bench.credential(name);
			await bench.answer({ ...calls[vendor], credential });
			const tokens = sentTokens(bench, vendor);
			const echoes = [right, ...tokens, ...tokens.map(encodeURIComponent)];
			const path = new URL(lastCall(bench, vendor), 'http://x').pathname;
			const text = `鉴权失败 ${echoes.join(' ')}`;
			const body = JSON.stringify(refusals[vendor](text));
			bench.sandbox.faults.add({ vendor, path, kind: 'body', body, times: 2 });
			try {
				const outcome = await bench.run({ ...calls[vendor], credential });
				assert.equal(outcome.execution.status, 'error');
				assert.match(outcome.error, /鉴权失败/);
				assertQuiet(outcome, echoes);
			} finally {
				bench.sandbox.faults.clear();
			}
		});
	}
}

/** A refusal in the form of each vendor. */
const refusals: Record<LogIn['vendor'], (text: string) => Json> = {
	kingdee: (message) => ({ errorCode: '1030002001', message, status: false, success: false }),
	kingsoftCloud: (errmsg) => ({ errno: 14001, errmsg, request_id: '0' }),
	sevenMoor: (message) => ({ code: 400, success: false, message }),
	weiban: (errmsg) => ({ errcode: 10049, errmsg }),
};

const nodePaths: Record<LogIn['vendor'], RegExp> = {
	kingdee: /wg_handleBillBusinessApi/,
	kingsoftCloud: /\/base/,
	sevenMoor: /queryDictionary/,
	weiban: /detail/,
};

function lastCall(bench: Bench, vendor: LogIn['vendor']): string {
	const call = bench.sandbox.requests(vendor).findLast(({ path }) => nodePaths[vendor].test(path));
	assert(call);
	return call.path;
}

/** The session token that is in use now; a signature is made anew for every call. */
function sentTokens(bench: Bench, vendor: LogIn['vendor']): string[] {
	const accepted = bench.sandbox
		.requests(vendor)
		.findLast(({ path, accepted: was }) => was && nodePaths[vendor].test(path));
	const token = accepted?.query['access_token'];
	return token === undefined ? [] : [token];
}
