import assert from 'node:assert/strict';
import type { Bench, Json } from './bench.mts';
import type { Checks } from './checks.mts';

interface Call {
	credential: string;
	vendor: 'kingdee' | 'kingsoftCloud' | 'sevenMoor' | 'weiban';
	method: 'GET' | 'POST';
	path: string;
	body?: Json;
	verify: (answer: Json) => void;
}

const calls: Call[] = [
	{
		credential: 'Kingsoft Cloud',
		vendor: 'kingsoftCloud',
		method: 'GET',
		path: '/workorder/api/ticket/base?id=1204',
		verify: ({ errno, data }) => {
			assert.equal(errno, 10000);
			assert.equal((data as Json)['title'], '测试');
		},
	},
	{
		credential: 'Weiban',
		vendor: 'weiban',
		method: 'GET',
		path: '/open-api/workorder/detail?order_no=1471808049579560960',
		verify: ({ errcode }) => assert.equal(errcode, 0),
	},
	{
		credential: '7moor',
		vendor: 'sevenMoor',
		method: 'POST',
		path: '/v20210827/business/queryDictionary/{ACCOUNTID}',
		body: { page: 1, pageSize: 10 },
		verify: ({ code, list }) => {
			assert.equal(code, 200);
			assert((list as Json[]).some(({ name }) => name === '修改接口三级'));
		},
	},
	...['Kingdee app', 'Kingdee token'].map(
		(credential): Call => ({
			credential,
			vendor: 'kingdee',
			method: 'POST',
			path: '/weigusoft/basedata/get_current_user_info',
			body: {},
			verify: ({ success }) => assert.equal(success, true),
		}),
	),
];

/** The credentials in n8n's own HTTP Request node, for calls that the nodes don't cover. */
export async function checkHttpRequest(checks: Checks, bench: Bench): Promise<void> {
	const { sandbox } = bench;
	for (const { credential: name, vendor, method, path, body, verify } of calls) {
		await checks.check(`HTTP Request signs with the credential of ${name}`, async () => {
			const credential = bench.credential(name);
			const before = sandbox.requests(vendor).length;
			const answer = await bench.answerOne({
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method,
					url: sandbox.addresses[vendor] + path,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: credential.type,
					...(body === undefined
						? {}
						: { sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) }),
					options: {},
				},
				credential,
			});
			verify(answer);
			const sent = sandbox.requests(vendor).slice(before);
			assert(sent.length > 0);
			for (const { path: received, refusal } of sent) assert.equal(refusal, null, received);
		});
	}
}
