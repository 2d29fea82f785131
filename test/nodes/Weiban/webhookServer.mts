import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebhookContext } from 'n8n-core';
import type { IDataObject, INode, IWebhookData } from 'n8n-workflow';

import type { Engine, NodeRun } from '../../engine/engine.mts';

/**
 * Serves a webhook trigger over HTTP as n8n's live webhooks do: a workflow of its own per request with
 * the memory as it was saved last, and the memory saved only once the execution has been started.
 */
export async function openWebhook(
	engine: Engine,
	run: NodeRun,
	mode: 'webhook' | 'manual' = 'webhook',
) {
	const executions: IDataObject[] = [];
	const failures: Error[] = [];
	const stored = engine.storedCredentials(run);
	const workflowId = engine.newWorkflowId();
	let saved = '{}';
	/** What starting an execution does; tests make it slow or failing. */
	const database = { start: async () => {} };

	const bodyOf = async (request: IncomingMessage) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks);
	};

	const server = createServer((request, response) => {
		const serve = async () => {
			const rawBody = await bodyOf(request);
			const workflow = engine.workflow(run, workflowId);
			const node = workflow.getNode('Node') as INode;
			const memory = workflow.getStaticData('node', node);
			Object.assign(memory, JSON.parse(saved));
			const url = new URL(request.url ?? '/', 'http://n8n.test');
			const isMultipart = request.headers['content-type']?.startsWith('multipart/') === true;
			const additionalData = Object.assign(engine.additionalData(stored, 'UTC'), {
				httpRequest: Object.assign(request, {
					query: Object.fromEntries(url.searchParams),
					...(isMultipart ? {} : { rawBody }),
				}),
				httpResponse: Object.assign(response, {
					status: (code: number) => Object.assign(response, { statusCode: code }),
					json: (body: object) => response.end(JSON.stringify(body)),
				}),
			});
			const type = engine.nodeTypes.getByNameAndVersion(node.type, 1);
			const context = new WebhookContext(
				workflow,
				node,
				additionalData,
				mode,
				{ webhookDescription: { name: 'default' } } as IWebhookData,
				[],
				null,
			);
			const answer = await type.webhook?.call(context);
			if (answer?.workflowData !== undefined) {
				await database.start();
				executions.push(...(answer.workflowData[0] ?? []).map(({ json }) => json));
			}
			// The start of a run drops n8n's mark of change, so only a later change is saved.
			const marked = answer?.workflowData === undefined ? saved : JSON.stringify(memory);
			if (answer?.noWebhookResponse === true) return;
			// As n8n does: a response set in the description comes before that of the node.
			const [webhook] = (type.description.webhooks ?? []).slice(-1);
			const reply =
				(answer?.workflowData === undefined ? '' : (webhook?.responseData ?? 'firstEntryJson')) ||
				(answer?.webhookResponse as unknown);
			if (JSON.stringify(memory) !== marked) saved = JSON.stringify(memory);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(reply));
		};
		serve().catch((error: unknown) => {
			failures.push(error as Error);
			response.statusCode = 500;
			response.end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/0b7c/webhook`,
		executions,
		failures,
		database,
		memory: () => JSON.parse(saved) as IDataObject,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
