import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { logIns, type LogIn } from './accounts.mts';
import type { Bench, Json } from './bench.mts';
import type { Checks } from './checks.mts';

/** An address on this machine where nobody listens. */
async function deadAddress(): Promise<string> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	await new Promise((done) => server.close(done));
	assert(typeof address === 'object' && address !== null);
	return `http://127.0.0.1:${address.port}`;
}

/** A wrong secret nobody else uses, in the form of the right one. */
export function wrongSecret(bench: Bench, { name, data, secret }: LogIn): string {
	const right = String(data[secret]);
	const wrong = `wrong${[...right].reverse().join('')}${name.length}`;
	bench.secrets.add(wrong);
	return wrong;
}

/** What a person has to be told to find the mistake. */
const hints: Record<string, { secret: RegExp; account: RegExp; host: RegExp }> = {
	'Kingdee app': { secret: /Client Secret/, account: /Client ID/, host: /reach/ },
	'Kingdee token': { secret: /Access Token/, account: /Account ID/, host: /reach/ },
	'Kingsoft Cloud': { secret: /Secret/, account: /AppId/, host: /reach/ },
	'7moor': { secret: /API Secret/, account: /Account ID/, host: /reach/ },
	Weiban: { secret: /Secret/, account: /Corp ID/, host: /reach/ },
};

/** What the editor's Save button does: store, then test. */
async function testNew(bench: Bench, name: string, type: string, data: Json) {
	const credential = await bench.rest.createCredential(name, type, data);
	return await bench.rest.testCredential(credential);
}

async function assertRefusal(bench: Bench, logIn: LogIn, what: string, change: Json, hint: RegExp) {
	const data = { ...logIn.data, ...change };
	const { status, message } = await testNew(bench, `${logIn.name}, ${what}`, logIn.type, data);
	assert.equal(status, 'Error', `${what}: n8n says "${message}"`);
	assert.match(message, hint, `${what}: "${message}" does not match ${hint}`);
	for (const secret of [logIn.data[logIn.secret], data[logIn.secret]]) {
		assert(!message.includes(String(secret)), `${what}: the text names the secret: ${message}`);
	}
	return message;
}

/** The test that n8n runs when a person saves a credential. */
export async function checkCredentialTests(checks: Checks, bench: Bench): Promise<void> {
	const nowhere = await deadAddress();
	for (const logIn of logIns(bench)) {
		const { name, type, data, secret, account } = logIn;
		const hint = hints[name];
		assert(hint);

		await checks.check(`${name}: right values pass the credential test`, async () => {
			const answer = await testNew(bench, `${name}, right`, type, data);
			assert.equal(answer.status, 'OK', answer.message);
		});

		await checks.check(`${name}: each mistake gets a text of its own that helps`, async () => {
			const wrong = { [secret]: wrongSecret(bench, logIn) };
			// The same form as the right one, so that only the vendor can tell.
			const other = { [account]: String(data[account]).replaceAll(/\d/g, '7') + 'x' };
			const texts = [
				await assertRefusal(bench, logIn, 'wrong secret', wrong, hint.secret),
				await assertRefusal(bench, logIn, 'wrong account', other, hint.account),
				await assertRefusal(bench, logIn, 'no host', { apiAddress: nowhere }, hint.host),
			];
			assert.equal(new Set(texts).size, 3, `the same text twice: ${texts.join(' | ')}`);
		});

		await checks.check(`${name}: a mistake made later is found, too`, async () => {
			const saved = await bench.rest.createCredential(`${name}, changed`, type, data);
			assert.equal((await bench.rest.testCredential(saved)).status, 'OK');
			const changed = { ...saved, data: { ...data, [secret]: wrongSecret(bench, logIn) } };
			await bench.rest.request('PATCH', `/rest/credentials/${saved.id}`, changed);
			const { status, message } = await bench.rest.testCredential(changed);
			assert.equal(status, 'Error', `n8n says "${message}"`);
			assert.match(message, hint.secret);
		});
	}
}
