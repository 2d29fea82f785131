import { createHash, createHmac } from 'node:crypto';

import type * as Kingdee from '../../credentials/signing/kingdee.ts';
import type * as KingsoftCloud from '../../credentials/signing/kingsoftCloud.ts';
import type * as SevenMoor from '../../credentials/signing/sevenMoor.ts';
import type * as Weiban from '../../credentials/signing/weiban.ts';
import { compareSync } from '../src/compare.mts';
import { compiled } from '../src/compiled.mts';
import type { Measure, Row } from '../src/measure.mts';

/** A signature of one call and the bare hash of a text of the same length. */
interface Pair {
	vendor: string;
	ours: () => unknown;
	bare: () => unknown;
}

const folder = 'credentials/signing';

function pairs(): Pair[] {
	const { apiMessage, apiSignature } = compiled<typeof Kingdee>(`${folder}/kingdee.ts`);
	const { sign } = compiled<typeof KingsoftCloud>(`${folder}/kingsoftCloud.ts`);
	const { signature } = compiled<typeof SevenMoor>(`${folder}/sevenMoor.ts`);
	const { callbackSignature } = compiled<typeof Weiban>(`${folder}/weiban.ts`);
	const secret = '7c2e9f40-51d8-11ec-9b6e-3d2f5a8c1e77';
	const call: Kingdee.ApiCall = {
		method: 'GET',
		path: '/jdy/v2/bd/emp',
		query: [
			['page', '1'],
			['page_size', '100'],
			['name', '张三'],
		],
		nonce: '4427456950',
		timestamp: '1640000000000',
	};
	const message = apiMessage(call);
	const input = {
		appId: 'app-id',
		appSecret: secret,
		timestamp: '1640000000000',
		method: 'POST',
		path: '/workorder/api/ticket/list_tickets',
		query: '',
		body: '{"page":1,"page_size":100}',
	};
	const rule: KingsoftCloud.SignatureRule = {
		template: '{appId}{appSecret}{timestamp}',
		algorithm: 'md5',
		encoding: 'hex',
		letterCase: 'lower',
	};
	const joined = `${input.appId}${secret}${input.timestamp}`;
	const account = `N00000046053${secret}20211203151612`;
	const encrypted = 'x'.repeat(512);
	const sorted = ['1640000000', 'nonce', secret, encrypted].join('');
	return [
		{
			vendor: 'Kingdee (X-Api-Signature)',
			ours: () => apiSignature(call, secret),
			bare: () => createHmac('sha256', secret).update(message).digest('hex'),
		},
		{
			vendor: 'Kingsoft Cloud (Sign, rule A)',
			ours: () => sign(rule, input),
			bare: () => createHash('md5').update(joined).digest('hex'),
		},
		{
			vendor: '7moor (sig)',
			ours: () => signature('N00000046053', secret, '20211203151612'),
			bare: () => createHash('md5').update(account).digest('hex'),
		},
		{
			vendor: 'Weiban (callback signature)',
			ours: () => callbackSignature(secret, '1640000000', 'nonce', encrypted),
			bare: () => createHash('sha1').update(sorted).digest('hex'),
		},
	];
}

export const signing: Measure = {
	name: 'signing',
	title: 'Signing',
	method:
		"One call's signature against the bare hash of node:crypto over a text of the same length.",
	exact: false,
	async run() {
		return pairs().map(({ vendor, ours, bare }): Row => {
			// Short rounds: the garbage that both sides leave is collected in few of them.
			const { time, ratio } = compareSync({ ours, bare }, { rounds: 2_001, times: 20 });
			return {
				subject: vendor,
				ours: (time.ours ?? NaN) * 1000,
				theirs: (time.bare ?? NaN) * 1000,
				unit: 'µs',
				figure: ratio('ours', 'bare'),
				budget: 'signing.ratio',
			};
		});
	},
};
