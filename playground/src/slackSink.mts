import fastify from 'fastify';
import { waitFor } from './wait.mts';

export interface SlackMessage {
	receivedAt: Date;
	text: string;
	/** Everything that was posted. */
	body: Record<string, unknown>;
}

export interface SlackSink {
	/** The address to use in place of a Slack incoming webhook. */
	url: string;
	messages: SlackMessage[];
	/** A message whose text it is true for is answered with an error and not kept. */
	refuses: (text: string) => boolean;
	/** The first message whose text passes. */
	message(passes: (text: string) => boolean, timeoutMs?: number): Promise<SlackMessage>;
	clear(): void;
	close(): Promise<void>;
}

/** Answers like https://hooks.slack.com/services/… and keeps what was posted. */
export async function startSlackSink(): Promise<SlackSink> {
	const server = fastify({ forceCloseConnections: true });
	const messages: SlackMessage[] = [];
	server.post<{ Body: unknown }>('/services/:team/:channel/:key', async (request, reply) => {
		const { body } = request;
		void reply.type('text/plain');
		if (typeof body !== 'object' || body === null)
			return await reply.code(400).send('invalid_payload');
		const record = body as Record<string, unknown>;
		const { text } = record;
		if (typeof text !== 'string' || text.trim() === '')
			return await reply.code(400).send('no_text');
		if (sink.refuses(text)) return await reply.code(503).send('service_unavailable');
		messages.push({ receivedAt: new Date(), text, body: record });
		return await reply.send('ok');
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	const sink: SlackSink = {
		url: `${origin}/services/T00000000/B00000000/playground`,
		messages,
		refuses: () => false,
		message: async (passes, timeoutMs = 30_000) =>
			await waitFor(() => messages.find(({ text }) => passes(text)), {
				what: 'a Slack message',
				timeoutMs,
				everyMs: 50,
			}),
		clear: () => void messages.splice(0),
		close: async () => await server.close(),
	};
	return sink;
}
