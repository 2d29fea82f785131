import type { Mail } from './mailSink.mts';
import type { SlackMessage } from './slackSink.mts';

/** Something that happens at a vendor and has to reach Slack and the mailbox. */
export interface Happening {
	/** As the message names it. */
	vendor: string;
	event: string;
	/** The number of the ticket. */
	ticket: string;
	/** The message's first line goes on with it, if the vendor tells one. */
	title?: string;
	/** Lines that the message must have besides. */
	says: string[];
}

export interface Delivery extends Happening {
	slack?: SlackMessage;
	mail?: Mail;
	/** Seconds from the happening to the later of the two messages. */
	seconds?: number;
}

/** How every message begins (workflows/notify.json). */
export function headline({ vendor, event, ticket }: Happening): string {
	return `${vendor} work order ${ticket} ${event}`;
}

export function begins(text: string, happening: Happening): boolean {
	const start = headline(happening);
	return text === start || text.startsWith(`${start}:`) || text.startsWith(`${start}\n`);
}

/** Slack's text as its reader sees it. */
function shown(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Whether the two messages word the happening as they should. */
export function wordingProblems(delivery: Delivery): string[] {
	const { slack, mail, title, says } = delivery;
	const first = headline(delivery) + (title === undefined ? '' : `: ${title}`);
	const problems: string[] = [];
	if (mail !== undefined && mail.subject !== first) {
		problems.push(`The subject is "${mail.subject}" and not "${first}"`);
	}
	const texts = { 'The Slack message': shown(slack?.text ?? ''), 'The e-mail': mail?.text ?? '' };
	for (const [place, text] of Object.entries(texts)) {
		const [begin, ...lines] = text.trimEnd().split(/\r?\n/);
		const missing = says.filter((line) => !lines.includes(line));
		if (begin !== first) missing.unshift(first);
		const whole = [begin, ...lines].join('\n      ');
		for (const line of missing)
			problems.push(`${place} lacks "${line}"; it reads:\n      ${whole}`);
	}
	return problems;
}
