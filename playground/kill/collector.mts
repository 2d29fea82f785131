import fastify from 'fastify';

export interface Collector {
	url: string;
	/** Event ids and how often each was delivered. */
	delivered: Map<string, number>;
	close(): Promise<void>;
}

/** Stands for what comes after the trigger: takes `{ ids: [...] }`. */
export async function startCollector(): Promise<Collector> {
	const server = fastify({ forceCloseConnections: true, bodyLimit: 16 * 2 ** 20 });
	const delivered = new Map<string, number>();
	server.post<{ Body: { ids: string[] } }>('/', async ({ body }) => {
		for (const id of body.ids) delivered.set(id, (delivered.get(id) ?? 0) + 1);
		return {};
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return { url, delivered, close: async () => await server.close() };
}

/** A node that posts the ids of all events that reach it, in one request. */
export function deliveryNode(url: string) {
	return {
		id: 'f3a1a1d0-0000-4000-8000-000000000002',
		name: 'Deliver',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [220, 0] as [number, number],
		executeOnce: true,
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ ids: $input.all().map((item) => item.json.id) }) }}',
			options: {},
		},
	};
}
