import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios from 'axios';
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { KingdeeApi } from '../../credentials/KingdeeApi.credentials.ts';
import { KingsoftCloudApi } from '../../credentials/KingsoftCloudApi.credentials.ts';
import { SevenMoorApi } from '../../credentials/SevenMoorApi.credentials.ts';
import { WeibanApi } from '../../credentials/WeibanApi.credentials.ts';

const SECRET = 'very/secret+value';

/** A vendor that refuses every log-in and repeats what it was sent. */
let vendor: Server;
let apiAddress: string;
/** What it was sent that must not be seen. */
let sent: string[];

beforeAll(async () => {
	vendor = createServer((request, response) => {
		let body = '';
		request.on('data', (piece) => (body += String(piece)));
		request.on('end', () => {
			const { url = '', headers } = request;
			const names = ['sign', 'authorization', 'x-api-signature'];
			sent.push(...names.map((name) => String(headers[name] ?? '')).filter(Boolean));
			sent.push(...new URL(url, apiAddress).searchParams.getAll('sig'));
			const text = `refused ${url} ${body} ${JSON.stringify(headers)}`;
			response.end(JSON.stringify({ errcode: 7, errno: 7, code: 7, errmsg: text, message: text }));
		});
	});
	await new Promise<void>((done) => vendor.listen(0, '127.0.0.1', done));
	apiAddress = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
});
afterAll(() => vendor.close());
beforeEach(() => {
	sent = [SECRET];
});

/** What n8n's own helper does. */
const helpers: IHttpRequestHelper['helpers'] = {
	httpRequest: async (options: IHttpRequestOptions) => {
		const { url, method, headers, qs, body } = options;
		const base = url.startsWith('http') ? '' : apiAddress;
		const answer = await axios.request<string>({
			url: base + url,
			method,
			headers: headers as Record<string, string>,
			params: qs,
			data: body,
			responseType: 'text',
			transformResponse: (text: string) => text,
		});
		return { statusCode: answer.status, headers: {}, body: answer.data };
	},
};

test.each<[string, Pick<KingdeeApi, 'preAuthentication'>, ICredentialDataDecryptedObject]>([
	[
		'Kingdee',
		new KingdeeApi(),
		{
			mode: 'appAuthorisation',
			clientId: '1',
			clientSecret: SECRET,
			outerInstanceId: '2',
			aesKey: '2c17e560c500f55c',
			aesIv: '5e8y6w45ju8w9jq8',
		},
	],
	[
		'Kingsoft Cloud',
		new KingsoftCloudApi(),
		{ environment: 'custom', appId: '1', appSecret: SECRET, signatureRule: 'A' },
	],
	['7moor', new SevenMoorApi(), { accountId: 'N1', apiSecret: SECRET }],
	['Weiban', new WeibanApi(), { corpId: '1', secret: SECRET }],
])('%s may repeat what a log-in sent: its secrets are masked', async (_name, type, values) => {
	const credentials = { ...values, apiAddress };
	const failed = type.preAuthentication
		.call({ helpers }, credentials)
		.catch((error: unknown) => error);
	const { message } = (await failed) as Error;
	expect(message).toContain('refused /');
	for (const secret of sent) {
		expect(message).not.toContain(secret);
		expect(message).not.toContain(encodeURIComponent(secret));
	}
});
