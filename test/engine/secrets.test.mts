import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSandbox, type Sandbox, type Vendor } from '../../sandbox/index.mts';
import { Engine, type NodeResult } from './engine.mts';
import { examples } from './examples/index.mts';
import { credentialsFor, kingdeeByToken } from './vendors.mts';

interface Sent {
	readonly query: Record<string, string>;
	readonly headers: Record<string, string>;
	readonly body: string;
}

/** Headers and query parameters that nobody may see, as the sheets of the vendors name them. */
const secretNames = new Set([
	'access_token',
	'app-token',
	'app_signature',
	'authorization',
	'authority_info',
	'client_secret',
	'secret',
	'sig',
	'sign',
	'x-api-signature',
]);

const ofConnection = new Set(['host', 'connection', 'content-length']);

/** How each vendor says that it refuses a call. */
const refusals: Record<Vendor, (text: string) => object> = {
	kingdee: (message) => ({ errcode: 1, errorCode: '1', success: false, code: 1, message }),
	kingsoftCloud: (errmsg) => ({ errno: 1, errmsg }),
	sevenMoor: (message) => ({ code: 400, success: false, message }),
	weiban: (errmsg) => ({ errcode: 1, errmsg }),
};
const forms: Record<string, (vendor: Vendor, text: string) => [number, string]> = {
	'its refusal': (vendor, text) => [200, JSON.stringify(refusals[vendor](text))],
	'a web page': (_vendor, text) => [502, `<html><body>${text}</body></html>`],
};

let engine: Engine;
let sandbox: Sandbox;
let proxy: Server;
let vendor: Vendor = 'kingdee';
let sent: Sent[] = [];
/** The answer of the host; the vendor's own where there is none. */
let answer: ((request: Sent) => [number, string]) | undefined;

beforeAll(async () => {
	engine = await Engine.load();
	sandbox = await startSandbox();
	proxy = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const content = Buffer.concat(parts);
			const headers = request.headers as Record<string, string>;
			const url = new URL(request.url ?? '', sandbox.addresses[vendor]);
			const call = { query: Object.fromEntries(url.searchParams), headers, body: String(content) };
			sent.push(call);
			if (answer !== undefined) {
				const [status, text] = answer(call);
				response.writeHead(status).end(text);
				return;
			}
			const others = Object.entries(headers).filter(([name]) => !ofConnection.has(name));
			const hasBody = content.length > 0;
			void fetch(url, {
				method: request.method,
				headers: Object.fromEntries(others),
				...(hasBody ? { body: content } : {}),
			}).then(async (given) => response.writeHead(given.status).end(await given.text()));
		});
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
	await sandbox.close();
	proxy.close();
});
beforeEach(() => {
	sandbox.reset();
	sent = [];
	answer = undefined;
});

const throughProxy = (credential: ICredentialDataDecryptedObject) => ({
	...credential,
	apiAddress: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
});

const byToken = () => kingdeeByToken(sandbox);
const accounts: [string, Vendor, () => ICredentialDataDecryptedObject][] = [
	['Kingdee, by an app', 'kingdee', () => credentialsFor(sandbox).kingdeeApi],
	['Kingdee, by a token', 'kingdee', byToken],
	['Kingsoft Cloud', 'kingsoftCloud', () => credentialsFor(sandbox).kingsoftCloudApi],
	['7moor', 'sevenMoor', () => credentialsFor(sandbox).sevenMoorApi],
	['Weiban', 'weiban', () => credentialsFor(sandbox).weibanApi],
];

/** Runs an example; its own result or error does not matter here. */
async function run(
	name: string,
	credentials: Record<string, ICredentialDataDecryptedObject>,
): Promise<NodeResult> {
	const [resource = '', operation = ''] = name.split('.');
	const { parameters, item, prepare } = examples[vendor][name] ?? {};
	prepare?.(sandbox);
	return await engine.run({
		type: vendor,
		parameters: { ...parameters, resource, operation },
		credentials,
		...(item === undefined ? {} : { items: [item] }),
	});
}

/** Secrets of the credential, tokens of its session, and what was sent under a secret name. */
function secretsOf(credential: ICredentialDataDecryptedObject): string[] {
	const { accounts } = sandbox;
	const tokens = /"(?:accessToken|appToken|token)":"([^"]+)"/g;
	const given = [
		accounts.kingdee.clientSecret,
		accounts.kingsoftCloud.secret,
		accounts.sevenMoor.apiSecret,
		accounts.weiban.secret,
		...[...String(credential.session ?? '').matchAll(tokens)].map(([, token]) => String(token)),
		...(credential.mode === 'accessToken' ? [String(credential.accessToken)] : []),
	];
	const values = sent.flatMap(({ query, headers }) =>
		Object.entries({ ...headers, ...query })
			.filter(([name]) => secretNames.has(name.toLowerCase()))
			.map(([, value]) => value),
	);
	return [...given, ...values].flatMap((value) => [value, encodeURIComponent(value)]);
}

function expectNoSecret({ error, run: data, hints }: NodeResult, secrets: readonly string[]): void {
	const seen = [
		inspect(error, { depth: Infinity, showHidden: true }),
		JSON.stringify([data, hints]),
	];
	for (const secret of secrets) {
		for (const text of seen) expect(text).not.toContain(secret);
	}
}

const repeatsAll =
	(form: string) =>
	(request: Sent): [number, string] =>
		(forms[form] as (typeof forms)[string])(vendor, JSON.stringify(request).replaceAll('"', "'"));

describe.each(accounts)('%s that repeats all it was sent', (_name, ofVendor, credential) => {
	const type = `${ofVendor}Api`;
	// A token is not enough for calls to the product's own addresses.
	const all = Object.keys(examples[ofVendor]);
	const forToken = ['workOrder.get', 'workOrder.process', 'record.save', 'attachment.upload'];
	const operations = credential === byToken ? forToken : all;

	describe.each(Object.keys(forms))('in %s', (form) => {
		it.each(operations)('shows no secret, token or signature of %s', async (name) => {
			vendor = ofVendor;
			const { stored } = await run(name, { [type]: throughProxy(credential()) });
			sent = [];
			answer = repeatsAll(form);
			const result = await run(name, stored);
			expect(sent.length).toBeGreaterThan(0);
			if (result.error !== undefined) expect(inspect(result.error)).toContain('***');
			expectNoSecret(result, secretsOf(stored[type] ?? {}));
		});
	});
});

test.each(accounts.filter(([name]) => /app|Weiban/.test(name)))(
	'%s that repeats all of a log-in shows no secret, token or signature of it',
	async (_name, ofVendor, credential) => {
		vendor = ofVendor;
		for (const form of Object.keys(forms)) {
			answer = repeatsAll(form);
			const name = Object.keys(examples[vendor])[0] ?? '';
			const result = await run(name, { [`${vendor}Api`]: throughProxy(credential()) });
			expect(result.error?.message).toBeTruthy();
			expectNoSecret(result, secretsOf(credential()));
		}
	},
);
