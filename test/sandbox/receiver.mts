import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	path: string;
	query: Record<string, string>;
	body: string;
}

/** A webhook receiver that keeps what it gets and answers `text`. */
export async function openReceiver(text = '{}') {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://receiver.test');
			received.push({
				method: request.method ?? '',
				path: url.pathname,
				query: Object.fromEntries(url.searchParams),
				body: Buffer.concat(chunks).toString('utf8'),
			});
			response.end(text);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		received,
		url: `http://127.0.0.1:${port}/hook?path=1`,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
