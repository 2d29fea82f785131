import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

async function listen(port: number): Promise<Server | undefined> {
	const server = createServer();
	server.listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
		return server;
	} catch {
		return undefined;
	}
}

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('Not a TCP port');
	return address.port;
}

/** The first of `count` neighbouring ports on 127.0.0.1 that were all free a moment ago. */
export async function freePorts(count: number): Promise<number> {
	for (let attempt = 0; attempt < 50; attempt++) {
		const servers: Server[] = [];
		const first = await listen(0);
		if (first === undefined) continue;
		servers.push(first);
		const start = portOf(first);
		while (servers.length < count) {
			const next = start + servers.length;
			const server = next > 65_535 ? undefined : await listen(next);
			if (server === undefined) break;
			servers.push(server);
		}
		const complete = servers.length === count;
		await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
		if (complete) return start;
	}
	throw new Error(`Found no ${count} neighbouring free ports on 127.0.0.1`);
}
