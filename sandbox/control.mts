import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';

import { FAULT_KINDS } from './faults.mts';
import type { Sandbox } from './index.mts';
import type { Server } from './server.mts';
import { VENDORS } from './types.mts';
import type { Fault, RecordedRequest, Vendor } from './types.mts';

type Body = Record<string, unknown>;

class BadRequest extends Error {
	readonly statusCode = 400;
}

/** The sandbox's own HTTP interface, JSON both ways; see README.md for the routes. */
export async function openControl(sandbox: Sandbox, port: number): Promise<Server> {
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		try {
			done(null, text === '' ? {} : JSON.parse(String(text)));
		} catch {
			done(new BadRequest('The body is not JSON'));
		}
	});
	general(app, sandbox);
	vendors(app, sandbox);
	const address = await app.listen({ host: '127.0.0.1', port });
	return { address, close: async () => await app.close() };
}

function general(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/addresses', () => sandbox.addresses);
	app.get('/accounts', () => sandbox.accounts);
	app.get<{ Querystring: { vendor?: string } }>('/requests', ({ query }) =>
		sandbox
			.requests(query.vendor === undefined ? undefined : vendorOf(query.vendor))
			.map(writableRequest),
	);
	app.delete('/requests', () => done(sandbox.clearRequests()));
	app.post('/reset', () => done(sandbox.reset()));
	app.get('/clock', () => ({ now: sandbox.clock.now() }));
	app.post('/clock/advance', ({ body }) => {
		const { ms } = objectOf(body);
		if (typeof ms !== 'number') throw new BadRequest('ms must be a number');
		sandbox.clock.advance(ms);
		return { now: sandbox.clock.now() };
	});
	app.post('/faults', ({ body }) => done(sandbox.faults.add(faultOf(objectOf(body)))));
	app.delete('/faults', () => done(sandbox.faults.clear()));
	app.patch<{ Params: { vendor: string } }>('/:vendor/settings', ({ params, body }) =>
		done(changeSettings(sandbox[vendorOf(params.vendor)], objectOf(body))),
	);
}

function vendors(app: FastifyInstance, sandbox: Sandbox): void {
	const { kingdee, kingsoftCloud, sevenMoor, weiban } = sandbox;

	app.get('/kingsoftCloud/tickets', () => kingsoftCloud.tickets());
	app.post('/kingsoftCloud/tickets', ({ body }) => kingsoftCloud.createTicket(objectOf(body)));
	app.patch<{ Params: { id: string } }>('/kingsoftCloud/tickets/:id', ({ params, body }) =>
		found(() => kingsoftCloud.changeTicket(params.id, objectOf(body))),
	);
	app.delete<{ Params: { id: string } }>('/kingsoftCloud/tickets/:id', ({ params }) =>
		done(kingsoftCloud.deleteTicket(params.id)),
	);

	app.get('/weiban/work-orders', () => weiban.workOrders());
	app.post('/weiban/work-orders', ({ body }) => weiban.createWorkOrder(objectOf(body)));
	app.patch<{ Params: { id: string } }>('/weiban/work-orders/:id', ({ params, body }) =>
		found(() => weiban.changeWorkOrder(params.id, objectOf(body))),
	);
	app.delete<{ Params: { id: string } }>('/weiban/work-orders/:id', ({ params }) =>
		done(weiban.deleteWorkOrder(params.id)),
	);
	app.post('/weiban/expire-tokens', () => done(weiban.expireTokens()));
	app.post('/weiban/push', async ({ body }) => {
		const { url, status, msgData, ...options } = objectOf(body);
		return await weiban.push(
			textOf(url, 'url'),
			textOf(status, 'status'),
			objectOf(msgData),
			options,
		);
	});
	app.post('/weiban/check-url', async ({ body }) => {
		const { url, plain, ...options } = objectOf(body);
		const text = plain === undefined ? undefined : textOf(plain, 'plain');
		return await weiban.checkUrl(textOf(url, 'url'), text, options);
	});

	app.get('/kingdee/work-orders', () => kingdee.workOrders());
	app.post('/kingdee/work-orders', ({ body }) => kingdee.createWorkOrder(objectOf(body)));
	app.patch<{ Params: { id: string } }>('/kingdee/work-orders/:id', ({ params, body }) =>
		found(() => kingdee.changeWorkOrder(params.id, objectOf(body))),
	);
	app.delete<{ Params: { id: string } }>('/kingdee/work-orders/:id', ({ params }) =>
		done(kingdee.deleteWorkOrder(params.id)),
	);
	app.get('/kingdee/deal-records', () => kingdee.dealRecords());
	app.post('/kingdee/expire-tokens', () => done(kingdee.expireTokens()));
	app.post('/kingdee/rotate-app-secret', () => ({ appSecret: kingdee.rotateAppSecret() }));
	app.post('/kingdee/move-group', ({ body }) =>
		done(kingdee.moveGroup(textOf(objectOf(body)['groupName'], 'groupName'))),
	);
	app.post('/kingdee/move-domain', ({ body }) =>
		done(kingdee.moveDomain(textOf(objectOf(body)['domain'], 'domain'))),
	);

	app.get('/sevenMoor/dictionaries', () => sevenMoor.dictionaries());
	app.post('/sevenMoor/dictionaries', ({ body }) => sevenMoor.createDictionary(objectOf(body)));
	app.delete<{ Params: { id: string } }>('/sevenMoor/dictionaries/:id', ({ params }) =>
		done(sevenMoor.deleteDictionary(params.id)),
	);
	app.post('/sevenMoor/push', async ({ body }) => {
		const { url, version, ...partial } = objectOf(body);
		return await sevenMoor.push(textOf(url, 'url'), partial, {
			version: version === 'https' ? 'https' : 'http',
		});
	});
}

const done = (_result: void) => ({ ok: true });

function found<T>(change: () => T): T {
	try {
		return change();
	} catch (error) {
		throw new BadRequest(error instanceof Error ? error.message : String(error));
	}
}

function vendorOf(name: string): Vendor {
	const vendor = VENDORS.find((known) => known === name);
	if (vendor === undefined) throw new BadRequest(`vendor must be one of ${VENDORS.join(', ')}`);
	return vendor;
}

function objectOf(value: unknown): Body {
	if (value === undefined || value === null) return {};
	if (typeof value !== 'object' || Array.isArray(value)) throw new BadRequest('Not a JSON object');
	return { ...value };
}

function textOf(value: unknown, name: string): string {
	if (typeof value !== 'string' || value === '') throw new BadRequest(`${name} must be a text`);
	return value;
}

/** `times: null` stands for Infinity, which JSON cannot say. */
function faultOf(body: Body): Fault {
	const kind = FAULT_KINDS.find((known) => known === body['kind']);
	if (kind === undefined) throw new BadRequest(`kind must be one of ${FAULT_KINDS.join(', ')}`);
	if (body['vendor'] !== undefined) vendorOf(String(body['vendor']));
	const times = body['times'] === null ? { times: Number.POSITIVE_INFINITY } : {};
	return { ...body, kind, ...times };
}

/** Only the plain settings of a vendor; `null` for a number stands for Infinity. */
function changeSettings(vendor: Sandbox[Vendor], changes: Body): void {
	for (const [name, value] of Object.entries(changes)) {
		const now: unknown = Object.hasOwn(vendor, name) ? Reflect.get(vendor, name) : undefined;
		const next = value === null && typeof now === 'number' ? Number.POSITIVE_INFINITY : value;
		if (now === undefined || typeof next !== typeof now) {
			throw new BadRequest(`${name} is no setting that takes ${JSON.stringify(value)}`);
		}
		Reflect.set(vendor, name, next);
	}
}

function writableRequest(request: RecordedRequest) {
	return {
		...request,
		parts: request.parts.map((part) => ({ ...part, content: part.content.toString('base64') })),
	};
}
