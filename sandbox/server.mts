import { setTimeout as sleep } from 'node:timers/promises';

import multipart from '@fastify/multipart';
import { fastify } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Clock } from './clock.mts';
import { answerInstead, spoil } from './faults.mts';
import type { Faults } from './faults.mts';
import type { Call, Part, Reply, Service } from './http.mts';
import type { Ledger } from './ledger.mts';
import type { Vendor } from './types.mts';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const SLOW_BODY_PIECES = 10;

export interface Server {
	address: string;
	close(): Promise<void>;
}

export interface ServerOptions {
	vendor: Vendor;
	service: Service;
	port: number;
	clock: Clock;
	ledger: Ledger;
	faults: Faults;
}

/** Puts a vendor on a loopback port: reads, delays, spoils and records around `service`. */
export async function listen(options: ServerOptions): Promise<Server> {
	const { vendor, service, clock, ledger, faults } = options;
	const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
	// Kingsoft Cloud lists a GET that consumes a JSON body (seed, list_tickets).
	app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	await app.register(multipart, { limits: { fileSize: MAX_BODY_BYTES } });

	const closing = new AbortController();
	const inProgress = new Set<Call>();

	const record = (call: Call, reply: Reply | null, refusal: string | null) => {
		ledger.add({
			vendor,
			...call,
			status: reply?.status ?? 0,
			answer: reply === null ? '' : answerText(reply.body),
			accepted: refusal === null,
			refusal,
		});
	};

	app.all('*', async (request, reply) => {
		const call = await readCall(request, clock.now());
		const notAdmitted = service.admit?.(call, [...inProgress]) ?? null;
		if (notAdmitted !== null) {
			record(call, notAdmitted, notAdmitted.refusal);
			return await send(reply, notAdmitted);
		}
		inProgress.add(call);
		const leave = () => inProgress.delete(call);
		reply.raw.once('close', leave);

		const { delayMs, fault } = faults.take(vendor, call);
		if (delayMs > 0) await sleep(delayMs, undefined, { signal: closing.signal });

		if (fault?.kind === 'hang' || fault?.kind === 'resetBefore') {
			record(call, null, `fault: ${fault.kind}`);
			reply.hijack();
			if (fault.kind === 'resetBefore') request.raw.socket.destroy();
			return reply;
		}
		const answer = answerInstead(fault) ?? spoil(fault, service.handle(call));
		record(call, answer, answer.refusal);
		if (fault?.kind === 'hangAfter' || fault?.kind === 'resetAfter') {
			reply.hijack();
			if (fault.kind === 'resetAfter') request.raw.socket.destroy();
			return reply;
		}
		if (fault?.kind === 'cutOff') {
			cut(reply, answer);
			return reply;
		}
		if (fault?.kind === 'slowBody') {
			await drip(reply, answer, fault.ms ?? 1000, closing.signal);
			return reply;
		}
		leave();
		return await send(reply, answer);
	});

	const address = await app.listen({ host: '127.0.0.1', port: options.port });
	return {
		address,
		async close() {
			closing.abort();
			await app.close();
		},
	};
}

async function readCall(request: FastifyRequest, at: number): Promise<Call> {
	const rawUrl = request.raw.url ?? '/';
	const [rawPath = '/', ...rest] = rawUrl.split('?');
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return {
		at,
		method: request.method,
		path: decodePath(rawPath),
		rawUrl,
		query: Object.fromEntries(new URLSearchParams(rest.join('?'))),
		headers,
		body: typeof request.body === 'string' ? request.body : '',
		parts: request.isMultipart() ? await readParts(request) : [],
	};
}

function decodePath(rawPath: string): string {
	try {
		return decodeURIComponent(rawPath);
	} catch {
		return rawPath;
	}
}

async function readParts(request: FastifyRequest): Promise<Part[]> {
	const parts: Part[] = [];
	for await (const part of request.parts()) {
		if (part.type === 'file') {
			parts.push({
				name: part.fieldname,
				fileName: part.filename ?? null,
				contentType: part.mimetype,
				content: await part.toBuffer(),
			});
		} else {
			parts.push({
				name: part.fieldname,
				fileName: null,
				contentType: part.mimetype,
				content: Buffer.from(String(part.value)),
			});
		}
	}
	return parts;
}

function answerText(body: string | Buffer): string {
	return typeof body === 'string' ? body : `(${body.length} bytes)`;
}

async function send(reply: FastifyReply, answer: Reply): Promise<FastifyReply> {
	return await reply
		.code(answer.status)
		.headers({ ...answer.headers, 'content-type': answer.contentType })
		.send(answer.body);
}

function beginBody(reply: FastifyReply, answer: Reply): Buffer {
	const content = Buffer.from(answer.body);
	reply.hijack();
	reply.raw.writeHead(answer.status, {
		'content-type': answer.contentType,
		'content-length': content.length,
	});
	return content;
}

function cut(reply: FastifyReply, answer: Reply): void {
	const content = beginBody(reply, answer);
	reply.raw.write(content.subarray(0, content.length / 2), () => reply.raw.socket?.destroy());
}

async function drip(reply: FastifyReply, answer: Reply, ms: number, signal: AbortSignal) {
	const content = beginBody(reply, answer);
	const size = Math.max(1, Math.ceil(content.length / SLOW_BODY_PIECES));
	for (let start = 0; start < content.length; start += size) {
		await sleep(ms / SLOW_BODY_PIECES, undefined, { signal });
		reply.raw.write(content.subarray(start, start + size));
	}
	reply.raw.end();
}
