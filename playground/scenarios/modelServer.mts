import fastify from 'fastify';

/** A tool that the model wants to use, and with what. */
export interface ToolUse {
	tool: string;
	arguments: Record<string, unknown>;
}

export interface ToolAnswer extends ToolUse {
	/** What the tool answered, as text. */
	answer: string;
}

/** What the model is asked, as far as a stand-in looks at it. */
export interface Question {
	/** What the person, here the workflow, wants. */
	prompt: string;
	/** Names of the tools that may be used. */
	tools: string[];
	/** Tools used so far, in order. */
	answers: ToolAnswer[];
}

export interface ModelServer {
	/** The value for Base URL of an OpenAI credential. */
	url: string;
	apiKey: string;
	/** Every tool that was asked for, in order. */
	uses: ToolUse[];
}

interface ToolCall {
	id: string;
	type: 'function';
	function: { name: string; arguments: string };
}

interface Message {
	role: string;
	content?: string | { text?: string }[] | null;
	tool_calls?: ToolCall[];
	tool_call_id?: string;
}

interface CompletionRequest {
	model: string;
	messages: Message[];
	tools?: { function: { name: string } }[];
	stream?: boolean;
}

const MODEL = 'gpt-5-mini';

function textOf({ content }: Message): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map(({ text = '' }) => text).join('');
}

function read({ messages, tools = [] }: CompletionRequest): Question {
	const calls = messages.flatMap((message) => message.tool_calls ?? []);
	return {
		prompt: messages
			.filter(({ role }) => role === 'user')
			.map(textOf)
			.join('\n'),
		tools: tools.map((tool) => tool.function.name),
		answers: calls.map((call) => {
			const answer = messages.find((message) => message.tool_call_id === call.id);
			return {
				tool: call.function.name,
				arguments: JSON.parse(call.function.arguments) as Record<string, unknown>,
				answer: answer === undefined ? '' : textOf(answer),
			};
		}),
	};
}

function refusal(message: string): object {
	return { error: { message, type: 'invalid_request_error', param: null, code: null } };
}

/**
 * Stands in for a model behind the OpenAI chat-completions protocol: `decide` says which tool comes
 * next. An error that it throws is answered as a refusal (400), which clients do not repeat. It lives
 * as long as the process, for a demo that stays open, and does not keep the process alive.
 */
export async function startModelServer(
	decide: (question: Question) => ToolUse,
): Promise<ModelServer> {
	const server = fastify({ forceCloseConnections: true, bodyLimit: 10_000_000 });
	const uses: ToolUse[] = [];
	const apiKey = 'playground-model-key';

	server.addHook('onRequest', async (request, reply) => {
		if (request.headers.authorization === `Bearer ${apiKey}`) return;
		await reply.code(401).send(refusal('Incorrect API key provided'));
	});
	server.get('/v1/models', () => ({
		object: 'list',
		data: [{ id: MODEL, object: 'model', created: 0, owned_by: 'playground' }],
	}));
	server.post<{ Body: CompletionRequest }>('/v1/chat/completions', async ({ body }, reply) => {
		if (body.stream === true) return await reply.code(400).send(refusal('No streams here'));
		let use: ToolUse;
		try {
			const question = read(body);
			use = decide(question);
			if (!question.tools.includes(use.tool)) throw new Error(`There is no tool ${use.tool}`);
		} catch (error) {
			return await reply.code(400).send(refusal((error as Error).message));
		}
		uses.push(use);
		const call: ToolCall = {
			id: `call_${uses.length}`,
			type: 'function',
			function: { name: use.tool, arguments: JSON.stringify(use.arguments) },
		};
		const message = { role: 'assistant', content: null, tool_calls: [call] };
		return {
			id: `chatcmpl-${uses.length}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: body.model,
			choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	server.server.unref();
	return { url: `${origin}/v1`, apiKey, uses };
}
