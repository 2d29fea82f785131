import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What the receiver of a push answered. */
export interface Delivery {
	/** The address that was called, with its query. */
	url: string;
	status: number;
	body: string;
	/** What was sent, '' for a GET. */
	sent: string;
}

/** Calls a receiver with a connection of its own, so that nothing is left open. */
export async function deliver(
	method: 'GET' | 'POST',
	url: string,
	sent: string,
): Promise<Delivery> {
	const request = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{
				method,
				agent: false,
				headers:
					method === 'GET'
						? {}
						: {
								'content-type': 'application/json; charset=utf-8',
								'content-length': Buffer.byteLength(sent),
							},
			},
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () =>
					resolve({
						url,
						status: incoming.statusCode ?? 0,
						body: Buffer.concat(chunks).toString('utf8'),
						sent,
					}),
				);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(sent);
	});
}
