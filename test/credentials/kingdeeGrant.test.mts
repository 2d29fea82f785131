import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

/** n8n's helper as far as a log-in uses it. */
const helpers: IHttpRequestHelper['helpers'] = {
	httpRequest: async ({ method = 'GET', url = '', qs, headers, body }) => {
		const address = new URL(url);
		for (const [name, value] of Object.entries(qs ?? {})) {
			address.searchParams.append(name, String(value));
		}
		const answer = await fetch(address, {
			method,
			headers: headers as Record<string, string>,
			...(typeof body === 'string' ? { body } : {}),
		});
		return { statusCode: answer.status, body: await answer.text() };
	},
};

/** Another process of n8n: modules of its own, which remember nothing. */
async function otherProcess() {
	jest.resetModules();
	const { KingdeeApi } = await import('../../credentials/KingdeeApi.credentials.ts');
	const credential = new KingdeeApi();
	return async (credentials: ICredentialDataDecryptedObject) => {
		const output = await credential.preAuthentication.call({ helpers }, { ...credentials });
		return output as { session: string; grant: string };
	};
}

function account(): ICredentialDataDecryptedObject {
	const { clientId, clientSecret, outerInstanceId, redirectUri } = sandbox.accounts.kingdee;
	return {
		mode: 'authorisationCode',
		clientId,
		clientSecret,
		outerInstanceId,
		accountId: '',
		redirectAddress: redirectUri,
		authorisationCode: sandbox.kingdee.logIn(),
		apiAddress: sandbox.addresses.kingdee,
		aesKey: '2c17e560c500f55c',
		aesIv: '5e8y6w45ju8w9jq8',
		session: 'none',
		grant: '',
	};
}

const exchanges = () =>
	sandbox.requests('kingdee').filter(({ path }) => path === '/auth/oauth2/access_token').length;

it('another process uses the grant that is kept in the credential', async () => {
	const credentials = account();
	const output = await (await otherProcess())(credentials);
	expect(Object.keys(output).sort()).toEqual(['grant', 'session']);
	const again = await (await otherProcess())({ ...credentials, ...output, session: '' });
	expect(again.grant).toBe(output.grant);
	expect(exchanges()).toBe(1);
});

it('the process that exchanged the code needs no kept grant', async () => {
	const credentials = account();
	const process = await otherProcess();
	const [first, second] = await Promise.all([process(credentials), process(credentials)]);
	const third = await process(credentials);
	expect([second.grant, third.grant]).toEqual([first.grant, first.grant]);
	expect(exchanges()).toBe(1);
});

it('another process without the grant can only ask for a new log-in', async () => {
	const credentials = account();
	await (
		await otherProcess()
	)(credentials);
	const process = await otherProcess();
	await expect(process(credentials)).rejects.toThrow(
		/code is invalid .* A code works once .* Open /,
	);
	await expect(
		process({ ...credentials, grant: '{"madeFor":"x","accessToken":"y"}' }),
	).rejects.toThrow(/code is invalid/);
});

it('the grant of one code is not used for another, or for another app', async () => {
	const credentials = account();
	const process = await otherProcess();
	const { grant } = await process(credentials);
	const other = await process({
		...credentials,
		grant,
		authorisationCode: sandbox.kingdee.logIn(),
	});
	expect(other.grant).not.toBe(grant);
	await expect(process({ ...credentials, grant, clientId: '1' })).rejects.toThrow(
		/Check Client ID/,
	);
	expect(exchanges()).toBe(2);
});
