import { randomBytes } from 'node:crypto';
import { freePorts } from '../src/ports.mts';
import { startService } from './service.mts';

export interface Redis {
	/** What n8n is told. */
	env: Record<string, string>;
	stop: () => Promise<void>;
}

/** A Redis of one's own that keeps nothing on disk. */
export async function startRedis(redisServer: string, signal?: AbortSignal): Promise<Redis> {
	const host = '127.0.0.1';
	const port = String(await freePorts(1));
	const password = randomBytes(18).toString('base64url');
	const settings = { port, bind: host, requirepass: password, save: '', appendonly: 'no' };
	const { stop } = await startService({
		name: 'Redis',
		command: redisServer,
		args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
		ready: /Ready to accept connections/,
		stopSignal: 'SIGTERM',
		signal,
	});
	const env = {
		QUEUE_BULL_REDIS_HOST: host,
		QUEUE_BULL_REDIS_PORT: port,
		QUEUE_BULL_REDIS_PASSWORD: password,
	};
	return { env, stop };
}
