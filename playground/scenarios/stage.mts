import assert from 'node:assert/strict';
import type { Playground } from '../src/playground.mts';
import type { Execution, ExecutionStatus, SavedWorkflow, WorkflowNode } from '../src/rest.mts';
import { MAIL_TO } from '../src/equip.mts';
import { fit, readTemplate, webhookPath } from '../src/templates.mts';
import { waitFor } from '../src/wait.mts';

export interface CredentialWish {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** A workflow of workflows/ that stands in n8n. */
export interface Brought {
	saved: SavedWorkflow;
	/** Listens from now on: webhooks, polls and schedules. */
	publish(): Promise<void>;
	/**
	 * Runs it at once as the editor's button does, so that nobody waits for a schedule. Answers when
	 * the run has ended well.
	 */
	run(): Promise<Execution>;
	/** When none of its executions is under way any more. */
	settled(): Promise<void>;
	/** The address that a vendor pushes to. */
	webhook(): string;
}

/** Whom the tickets of weiban-to-kingsoft.json belong to. */
const TICKETS_OF = { customerId: '1', productLineId: '36', creatorId: '38361' };
const POLL_SECONDS = 5;
const MESSAGE_TIMEOUT_MS = 30_000;
const UNDER_WAY: ExecutionStatus[] = ['new', 'running', 'waiting'];

function isTrigger({ type }: WorkflowNode): boolean {
	return type.endsWith('Trigger');
}

/** What the scenarios do with the demo's n8n. */
export class Stage {
	readonly playground: Playground;
	readonly signal: AbortSignal | undefined;
	readonly #credentials: Record<string, { id: string; name: string }>;

	constructor(playground: Playground, signal?: AbortSignal) {
		this.playground = playground;
		this.signal = signal;
		this.#credentials = { ...playground.n8n.credentials };
	}

	/** Adds a credential that the demo has not got; its test has to pass. */
	async addCredential({ name, type, data }: CredentialWish): Promise<void> {
		const { rest } = this.playground.n8n;
		const credential = await rest.createCredential(name, type, data);
		const { status, message } = await rest.testCredential(credential);
		assert.equal(status, 'OK', `The credential "${name}" fails its test: ${message}`);
		this.#credentials[type] = credential;
	}

	/** Imports a workflow; its credentials and the values of its node Settings are all that is set. */
	async bring(name: string): Promise<Brought> {
		const { n8n, slack } = this.playground;
		const fitted = fit(readTemplate(name), {
			credentials: this.#credentials,
			settings: { slackWebhookUrl: slack.url, emailTo: MAIL_TO, ...TICKETS_OF },
			pollEverySeconds: POLL_SECONDS,
		});
		const saved = await n8n.rest.createWorkflow(fitted);
		const trigger = saved.nodes.find(isTrigger);
		assert(trigger, `"${name}" has a trigger`);
		return {
			saved,
			publish: async () => await n8n.rest.publish(saved),
			run: async () => {
				const execution = await n8n.rest.runManually(saved.id, trigger.name);
				const { error } = execution.data.resultData;
				assert.equal(execution.status, 'success', `"${saved.name}": ${error?.message}`);
				return execution;
			},
			settled: async () => {
				const underWay = { workflowId: saved.id, status: UNDER_WAY };
				await waitFor(
					async () => ((await n8n.rest.executions(underWay)).length === 0 ? true : undefined),
					{ what: `"${saved.name}" to end`, timeoutMs: MESSAGE_TIMEOUT_MS, signal: this.signal },
				);
			},
			webhook: () => `${n8n.webhookUrl}/webhook/${webhookPath(saved)}`,
		};
	}

	/** The Slack messages so far whose text passes. */
	slack(passes: (text: string) => boolean): string[] {
		return this.playground.slack.messages.map(({ text }) => text).filter(passes);
	}

	/** The first Slack message whose text passes, which may still be on its way. */
	async slackMessage(passes: (text: string) => boolean): Promise<string> {
		const find = (): string | undefined => this.slack(passes)[0];
		return await waitFor(find, {
			what: 'a Slack message',
			timeoutMs: MESSAGE_TIMEOUT_MS,
			everyMs: 50,
			signal: this.signal,
		});
	}

	/** The texts of the mails so far whose subject passes. */
	mails(passes: (subject: string) => boolean): string[] {
		return this.playground.mail.mails
			.filter(({ subject }) => passes(subject))
			.map(({ text }) => text.trim());
	}
}
