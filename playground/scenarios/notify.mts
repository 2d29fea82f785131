import assert from 'node:assert/strict';
import { waitFor } from '../src/wait.mts';
import type { Stage } from './stage.mts';

const TICKETS = 5;

/** The tickets that messages are about, in the order of their first try, and how often each was tried. */
class Tries {
	readonly #counts = new Map<string, number>();

	/** Notes a try and answers which ticket it is about, from 1, and how often that was tried. */
	add(headline: string): { place: number; count: number } {
		const count = (this.#counts.get(headline) ?? 0) + 1;
		this.#counts.set(headline, count);
		return { place: this.headlines.indexOf(headline) + 1, count };
	}

	get headlines(): string[] {
		return [...this.#counts.keys()];
	}

	get counts(): number[] {
		return [...this.#counts.values()];
	}
}

/** notify.json with several events at once, while Slack and the mail server refuse some of them. */
export async function notify(stage: Stage): Promise<string> {
	const { n8n, sandbox, slack, mail } = stage.playground;
	// n8n replaces a message that has such a word in it.
	const title = '连接失败 ECONNREFUSED';
	const slackTries = new Tries();
	const mailTries = new Tries();
	const headlineOf = (text: string): string | undefined =>
		text.includes(`: ${title}`) ? text.split(':')[0] : undefined;
	slack.refuses = (text) => {
		const headline = headlineOf(text);
		if (headline === undefined) return false;
		const { place, count } = slackTries.add(headline);
		return ((place === 1 || place === 3) && count === 1) || place === 4;
	};
	mail.refuses = (subject) => {
		const headline = headlineOf(subject);
		if (headline === undefined) return false;
		return mailTries.add(headline).place === 2;
	};
	try {
		const { id: workflowId } = n8n.workflows['notify'] ?? assert.fail('notify is not in n8n');
		// The next poll finds all of them.
		for (let count = 0; count < TICKETS; count++) sandbox.kingsoftCloud.createTicket({ title });
		const [failed] = await waitFor(
			async () => {
				const found = await n8n.rest.executions({ workflowId, status: ['error'] });
				return found.length > 0 ? found : undefined;
			},
			{ what: 'the report of the failures', timeoutMs: 60_000, signal: stage.signal },
		);
		assert(failed);

		const { headlines } = slackTries;
		assert.equal(headlines.length, TICKETS, 'events that Slack was told of');
		assert.deepEqual(mailTries.headlines, headlines, 'events that were sent by e-mail');
		const kept = (texts: string[]): number[] =>
			headlines.map((headline) => texts.filter((text) => headlineOf(text) === headline).length);
		assert.deepEqual(kept(stage.slack(() => true)), [1, 1, 1, 0, 1], 'messages in Slack');
		const subjects = mail.mails.map(({ subject }) => subject);
		assert.deepEqual(kept(subjects), [1, 0, 1, 1, 1], 'e-mails');
		assert.deepEqual(slackTries.counts, [2, 1, 2, 3, 1], 'tries at Slack');
		assert.deepEqual(mailTries.counts, [1, 3, 1, 1, 1], 'tries by e-mail');

		const { error } = (await n8n.rest.execution(failed.id)).data.resultData;
		const [, second, , fourth] = headlines;
		assert.equal(error?.message, `Slack did not get: ${fourth}; E-mail did not get: ${second}`);
		assert.match(error.description ?? '', /^E-mail: .*ECONNREFUSED behind this server/);
		assert.match(error.description ?? '', /; Slack: /);
	} finally {
		slack.refuses = () => false;
		mail.refuses = () => false;
	}
	return `${TICKETS} events at once: two repeated after a refusal, each once per channel, what was refused for good is named`;
}
