import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { jsonOf, useWorld, requests, run, vendor, sandbox } from './world.mts';

useWorld();

const find = { resource: 'account', operation: 'findSignatureRule' };
const signs = () => requests().map(({ headers }) => headers.sign);

it.each([
	['A', 1, { signatureRule: 'A', signatureEncoding: null }],
	['B', 2, { signatureRule: 'B', signatureEncoding: null }],
	['C', 3, { signatureRule: 'C', signatureEncoding: null }],
	['F-hex', 4, { signatureRule: 'F', signatureEncoding: 'hex' }],
	['F-base64', 5, { signatureRule: 'F', signatureEncoding: 'base64' }],
] as const)('a vendor that signs by %s is found with %d reads', async (rule, reads, found) => {
	vendor().rule = rule;
	const result = await run(find, {
		credential: { signatureRule: 'custom', signatureTemplate: '{appSecret}' },
	});
	expect(jsonOf(result)).toMatchObject([{ found: true, ...found, timestampUnit: 'milliseconds' }]);
	expect(requests()).toHaveLength(reads);
	expect(new Set(signs()).size).toBe(reads);
	expect(result.hints).toEqual([
		expect.stringMatching(`^Kingsoft Cloud accepted Signature Rule ${found.signatureRule}[,. ]`),
	]);
	for (const request of requests()) {
		expect(request).toMatchObject({
			method: 'POST',
			path: '/workorder/api/ticket/list_tickets',
			body: '{"page":1,"page_size":1}',
			headers: { appid: sandbox().accounts.kingsoftCloud.appId },
		});
	}
	expect(requests().map(({ accepted }) => accepted)).toEqual([
		...Array.from({ length: reads - 1 }, () => false),
		true,
	]);
});

it('what it finds works when it is chosen in the credential', async () => {
	vendor().rule = 'F-base64';
	const [{ signatureRule, signatureEncoding, timestampUnit } = {}] = jsonOf(await run(find));
	const chosen = { credential: { signatureRule, signatureEncoding, timestampUnit } };
	const get = { resource: 'ticket', operation: 'get', ticketId: '1204' };
	expect(jsonOf(await run(get, chosen))).toMatchObject([{ id: '1204' }]);
	expect((await run(get)).error?.message).toMatch(/errno 14001/);
});

it('reports the answers where none is accepted, with nothing secret in it', async () => {
	vendor().rule = () => 'nobody knows';
	const result = await run(find);
	const [report] = jsonOf(result);
	expect(report).toMatchObject({
		found: false,
		signatureRule: null,
		signatureEncoding: null,
		timestampUnit: null,
	});
	expect(report?.answers).toEqual(
		[
			['A', null],
			['B', null],
			['C', null],
			['F', 'hex'],
			['F', 'base64'],
		].map(([signatureRule, signatureEncoding]) => ({
			signatureRule,
			signatureEncoding,
			timestampUnit: 'milliseconds',
			accepted: false,
			httpStatus: 200,
			errno: '14001',
			text: '鉴权失败：Sign错误',
		})),
	);
	expect(result.hints).toEqual([expect.stringContaining('accepted none of the 5 rules')]);
	const seen = inspect(result.items, { depth: Infinity });
	for (const secret of [sandbox().accounts.kingsoftCloud.secret, ...signs()]) {
		expect(seen).not.toContain(secret);
	}
});

it('tries both units of time when asked, the second only where the first fails', async () => {
	// The vendor signs the seconds, whatever the header holds.
	vendor().rule = ({ appId, secret, timestamp }) =>
		timestamp.length === 10
			? createHash('md5').update(`${appId}${secret}${timestamp}`).digest('hex')
			: 'never';
	const both = { ...find, timestampUnit: 'both' };
	expect(jsonOf(await run(both))).toMatchObject([
		{ found: true, signatureRule: 'A', timestampUnit: 'seconds' },
	]);
	expect(requests()).toHaveLength(6);
	expect(jsonOf(await run({ ...find, timestampUnit: 'seconds' }))).toMatchObject([
		{ found: true, signatureRule: 'A' },
	]);
	expect(requests()).toHaveLength(7);
	vendor().rule = 'A';
	await run(both);
	expect(requests()).toHaveLength(8);
});

it('masks what the vendor echoes, and goes on after an answer that is no JSON', async () => {
	vendor().rule = 'C';
	const { secret } = sandbox().accounts.kingsoftCloud;
	const errmsg = `your secret is ${secret}`;
	sandbox().faults.add({ kind: 'body', body: JSON.stringify({ errno: 14001, errmsg }) });
	sandbox().faults.add({ kind: 'html', status: 403 });
	const [report] = jsonOf(await run(find));
	expect(report).toMatchObject({
		found: true,
		signatureRule: 'C',
		answers: [
			{ errno: '14001', text: 'your secret is ***' },
			{ httpStatus: 403, errno: null, text: null },
			{ accepted: true, errno: '10000' },
		],
	});
});

it('asks once for all items and names them all as its source', async () => {
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	const { items: output } = await run(find, { items });
	expect(requests()).toHaveLength(1);
	expect(output).toHaveLength(1);
	expect(output[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

it('ends at once where no answer comes, and sends nothing for a unit that it does not know', async () => {
	const unreachable = { credential: { apiAddress: 'http://127.0.0.1:9' } };
	const { error } = await run(find, unreachable);
	expect(error?.message).toBe(
		'Kingsoft Cloud could not be reached: the host refused the connection',
	);
	const wrong = await run({ ...find, timestampUnit: 'hours' });
	expect(wrong.error?.message).toBe('Timestamp Unit has no option "hours"');
	expect(requests()).toEqual([]);
	const failed = await run(find, { ...unreachable, onError: 'continueRegularOutput' });
	expect(failed.items).toMatchObject([{ json: { error: expect.any(String) as string } }]);
});
