import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import type { RecordedRequest, Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeRun } from '../engine.mts';
import { onSandbox } from '../onSandbox.mts';
import { kingdeeByApp, kingdeeByToken } from '../vendors.mts';

export const paths = {
	handle: '/weigusoft/wg_crm/wg_handleBillBusinessApi',
	list: '/weigusoft/wg_cost/loadList',
	load: '/weigusoft/wg_cost/loadData',
	save: '/weigusoft/wg_cost/saveBill',
	delete: '/weigusoft/wg_cost/deleteBill',
	register: '/weigusoft/wg_crm/commonApi',
	user: '/weigusoft/basedata/get_current_user_info',
	upload: '/jdy/basedata/attachment_upload',
	authorise: '/jdyconnector/app_management/push_app_authorize',
	appToken: '/jdyconnector/app_management/kingdee_auth_token',
	logIn: '/auth/oauth2/access_token',
} as const;

/** Values of a credential. */
export type Values = ICredentialDataDecryptedObject;

/** The Kingdee node in n8n's engine, on the sandbox. */
export class World {
	readonly sandbox: Sandbox;
	readonly engine: Engine;

	constructor(sandbox: Sandbox, engine: Engine) {
		this.sandbox = sandbox;
		this.engine = engine;
	}

	byToken(): Values {
		return kingdeeByToken(this.sandbox);
	}

	byApp(): Values {
		return kingdeeByApp(this.sandbox);
	}

	byCode(authorisationCode: string): Values {
		const { redirectUri } = this.sandbox.accounts.kingdee;
		const redirectAddress = redirectUri;
		return { ...this.byApp(), mode: 'authorisationCode', redirectAddress, authorisationCode };
	}

	/** What the node is given; by an access token unless said otherwise. */
	node(operation: string, parameters: INodeParameters = {}, more: Partial<NodeRun> = {}): NodeRun {
		const [resource = '', name = ''] = operation.split('.');
		return {
			type: 'kingdee',
			parameters: { resource, operation: name, ...parameters },
			credentials: { kingdeeApi: this.byToken() },
			...more,
		};
	}

	async run(operation: string, parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) {
		return await this.engine.run(this.node(operation, parameters, more));
	}

	async runWith(credentials: Values, operation: string, parameters: INodeParameters = {}) {
		return await this.run(operation, parameters, { credentials: { kingdeeApi: credentials } });
	}

	requests(path?: string): RecordedRequest[] {
		return this.sandbox
			.requests('kingdee')
			.filter((request) => path === undefined || request.path === path);
	}

	sentPaths(): string[] {
		return this.requests().map(({ path }) => path);
	}

	/** JSON body of the last request to a path. */
	sent(path: string): IDataObject {
		return JSON.parse(this.requests(path).at(-1)?.body ?? 'null') as IDataObject;
	}
}

/** A world for the tests of a file, in which each finds Kingdee as it was seeded. */
export function useWorld(): () => World {
	let world: World | undefined;
	onSandbox(({ engine, sandbox }) => (world = new World(sandbox, engine)));
	return () => {
		if (world === undefined) throw new Error('The world has not started');
		return world;
	};
}

/** A value as the editor stores what was picked or entered. */
export const located = (mode: string, value: string) => ({ __rl: true, mode, value });

export const orderId = '2230413444614467584';
export const orderNo = 'fwgs-20250605-00000001';

/** Codes that any call may be refused with, and a piece of the advice (sheet kingdee §2.3d, §4.2, §4.3). */
export const commonRefusals: ReadonlyArray<[code: string, advice: string]> = [
	['429', '500 calls a minute'],
	['4010', 'enter a valid one'],
	['4011', 'enter a new one'],
	['4012', 'permission to use this API'],
	['5003', 'Run it again later'],
	['5006', 'Run it again later'],
	['11010001', 'Group Name'],
	['1020002008', 'Check User ID and Account ID'],
	['1030002000', 'Fill in the field'],
	['1030002001', 'wrong type'],
	['1030002002', 'has such a record already'],
	['1030002003', 'no such record'],
	['1030002004', 'Other records use this one'],
	['1030002005', 'fewer records'],
];
