import fc from 'fast-check';
import { HookContext } from 'n8n-core';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { startSandbox, type Sandbox, type Vendor } from '../../sandbox/index.mts';
import { attacks, type Attack } from '../fuzz/attacks.mts';
import { oddJson } from '../fuzz/values.mts';
import { problemWith } from '../fuzz/verdict.mts';
import { openWebhook } from '../nodes/Weiban/webhookServer.mts';
import { beginAnew, Engine } from './engine.mts';
import type { Example } from './examples/example.mts';
import { examples } from './examples/index.mts';
import { credentialsFor } from './vendors.mts';

/** `npm run test:fuzz` asks for more. */
const numRuns = Number(process.env.RUNS ?? 20);
const seed = Number(process.env.SEED ?? 1);
const HANGS_MS = 20_000;

let engine: Engine;
let sandbox: Sandbox;
beforeAll(async () => {
	engine = await Engine.load();
	sandbox = await startSandbox();
}, 60_000);
afterAll(async () => await sandbox.close());

type Failure = (Error & { description?: string | null }) | undefined;

/** Something with parameters. */
interface Subject {
	readonly title: string;
	readonly fields: readonly INodeProperties[];
	readonly example: INodeParameters;
	readonly run: (parameters: INodeParameters) => Promise<Failure>;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('It hangs')), HANGS_MS);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function secrets(): string[] {
	const { kingdee, kingsoftCloud, sevenMoor, weiban } = sandbox.accounts;
	const { token, encodingAesKey } = weiban.callback;
	return [
		...[kingdee.clientSecret, kingsoftCloud.secret, sevenMoor.apiSecret, weiban.secret],
		...[token, encodingAesKey, PUSH_SECRET],
	];
}

async function problemOf({ run }: Subject, attack: Attack): Promise<string | undefined> {
	sandbox.reset();
	beginAnew();
	const error = await inTime(run(attack.parameters)).catch((thrown: Failure) => thrown);
	return problemWith(attack, error, sandbox.requests(), secrets());
}

async function attackWell(subject: Subject): Promise<void> {
	await fc.assert(
		fc.asyncProperty(attacks(subject.fields, subject.example), async (attack) => {
			const { title } = subject;
			const problem = await problemOf(subject, attack);
			expect({ title, problem }).toEqual({ title, problem: undefined });
		}),
		{ numRuns, seed },
	);
}

const patienceMs = 60_000 + numRuns * 1_000;

function operationSubject(vendor: Vendor, resource: string, operation: string): Subject {
	const { properties } = descriptionOf(vendor);
	const example: Example | undefined = examples[vendor][`${resource}.${operation}`];
	if (example === undefined) throw new Error(`There is no example of ${resource}.${operation}`);
	const { prepare, item, parameters } = example;
	const { json } = item ?? { json: {} };
	const credentialType = `${vendor}Api` as const;
	return {
		fields: properties.filter(({ name, displayOptions: { show = {} } = {} }) => {
			const isShown =
				(show.resource?.includes(resource) ?? true) &&
				(show.operation?.includes(operation) ?? true);
			return isShown && name !== 'resource' && name !== 'operation';
		}),
		title: `${vendor} ${resource} ${operation}`,
		example: parameters,
		run: async (values) => {
			prepare?.(sandbox);
			const { error } = await engine.run({
				type: vendor,
				parameters: { resource, operation, ...values },
				credentials: { [credentialType]: credentialsFor(sandbox)[credentialType] },
				items: [structuredClone({ ...item, json: { ...oddJson, ...json } })],
			});
			return error;
		},
	};
}

function descriptionOf(type: string): INodeTypeDescription {
	return engine.nodeTypes.getByNameAndVersion(type, 1).description;
}

const vendors = Object.keys(examples) as Vendor[];

describe.each(vendors)('%s', (vendor) => {
	test(
		'every operation takes odd values, or refuses them by the name of a field',
		async () => {
			for (const property of descriptionOf(vendor).properties) {
				if (property.name !== 'operation') continue;
				const resource = String(property.displayOptions?.show?.resource?.[0]);
				for (const { value } of property.options as INodePropertyOptions[]) {
					await attackWell(operationSubject(vendor, resource, String(value)));
				}
			}
		},
		30 * patienceMs,
	);

	test.each([null, 7, '', 'x', '__proto__', 'constructor', { toString: 1 }])(
		'%j is no resource and no operation',
		async (odd) => {
			const [key = ''] = Object.keys(examples[vendor]);
			const [resource = '', operation = ''] = key.split('.');
			for (const parameters of [
				{ resource: odd, operation },
				{ resource, operation: odd },
			]) {
				const { error } = await engine.run({
					type: vendor,
					parameters: parameters,
					credentials: {},
				});
				expect(error?.message).toMatch(/^Operation ".*" does not exist for resource ".*"$/);
			}
		},
	);
});

const PUSH_SECRET = 'Kf83nqLz0vXw52-push';

/** A trigger that answers pushes: it is switched on, then it gets one. */
function webhookRun(type: string, push: (url: string) => Promise<unknown>): Subject['run'] {
	return async (parameters) => {
		const { callback, corpId } = sandbox.accounts.weiban;
		const { token, encodingAesKey: aesSecretKey } = callback;
		const { weibanApi, sevenMoorApi } = credentialsFor(sandbox);
		const run = {
			type,
			parameters,
			credentials: {
				weibanApi,
				weibanCallbackApi: { token, aesSecretKey, corpId },
				sevenMoorApi,
				sevenMoorPushApi: { headerName: 'x-push', secret: PUSH_SECRET },
			},
		};
		const workflow = engine.workflow(run);
		const hook = new HookContext(
			workflow,
			workflow.getNode('Node') as INode,
			engine.additionalData(engine.storedCredentials(run), 'UTC'),
			'trigger',
			'activate',
		);
		const { webhookMethods } = engine.nodeTypes.getByNameAndVersion(type, 1);
		await webhookMethods?.default?.create.call(hook);
		const webhook = await openWebhook(engine, run);
		await push(webhook.url).finally(webhook.close);
		return webhook.failures[0];
	};
}

const webhookRuns: Readonly<Record<string, Subject['run']>> = {
	sevenMoorTrigger: webhookRun(
		'sevenMoorTrigger',
		async (url) => await sandbox.sevenMoor.push(url, { _id: 'order-1' }),
	),
	weibanTrigger: webhookRun(
		'weibanTrigger',
		async (url) =>
			await sandbox.weiban.push(url, 'switch', {
				order_no: '1471808049579560960',
				handler_id: 'WangFang',
			}),
	),
};

/** First poll, second poll, and the test by hand. */
function pollingRun(type: string): Subject['run'] {
	return async (parameters) => {
		const credentials = Object.fromEntries(
			(descriptionOf(type).credentials ?? []).map(({ name }) => [
				name,
				credentialsFor(sandbox)[name as `${Vendor}Api`],
			]),
		);
		const trigger = engine.pollingTrigger({ type, parameters, credentials });
		for (const run of [trigger.poll, trigger.poll, trigger.test]) await run();
		return undefined;
	};
}

test(
	'every trigger takes odd values, or refuses them by the name of a field',
	async () => {
		const types = Object.keys(engine.nodeTypes.getKnownTypes());
		const triggers = types.filter((type) => descriptionOf(type).group.includes('trigger'));
		expect(triggers).toHaveLength(6);
		for (const type of triggers) {
			await attackWell({
				// n8n's own field of all polling triggers.
				fields: descriptionOf(type).properties.filter(({ name }) => name !== 'pollTimes'),
				title: type,
				example: {},
				run: webhookRuns[type] ?? pollingRun(type),
			});
		}
	},
	6 * patienceMs,
);
