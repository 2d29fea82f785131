import axios from 'axios';
import { randomUUID } from 'node:crypto';
import type { DictionaryOption } from '../../sandbox/index.mts';
import type { Mail } from './mailSink.mts';
import type { Playground } from './playground.mts';
import type { Log } from './progress.mts';
import type { SlackMessage } from './slackSink.mts';
import { waitFor } from './wait.mts';

/** Something that happens at a vendor and has to reach Slack and the mailbox. */
export interface Happening {
	/** As the message names it. */
	vendor: string;
	event: string;
	/** The number of the ticket. */
	ticket: string;
}

export interface Delivery extends Happening {
	slack?: SlackMessage;
	mail?: Mail;
	/** Seconds from the happening to the later of the two messages. */
	seconds?: number;
}

export interface Outcome {
	deliveries: Delivery[];
	/** What is missing or too many; empty when all went well. */
	problems: string[];
}

export interface PlayOptions {
	log: Log;
	/** For one message to arrive. */
	timeoutMs?: number;
	signal?: AbortSignal;
}

/** Requests further apart belong to different polls. */
const POLL_GAP_MS = 1500;

/** How every message begins (workflows/notify.json). */
function headline({ vendor, event, ticket }: Happening): string {
	return `${vendor} work order ${ticket} ${event}`;
}

function begins(text: string, happening: Happening): boolean {
	const start = headline(happening);
	return text === start || text.startsWith(`${start}:`) || text.startsWith(`${start}\n`);
}

/** Lets things happen in the sandbox and follows them to Slack and the mailbox. */
export class Scenario {
	readonly #playground: Playground;
	readonly #options: Required<Omit<PlayOptions, 'signal'>> & Pick<PlayOptions, 'signal'>;
	readonly #deliveries: Delivery[] = [];
	readonly #problems: string[] = [];

	constructor(playground: Playground, { log, timeoutMs = 45_000, signal }: PlayOptions) {
		this.#playground = playground;
		this.#options = { log, timeoutMs, signal };
	}

	async play(): Promise<Outcome> {
		const acts: Record<string, () => Promise<void>> = {
			'Kingsoft Cloud': async () => await this.#kingsoftCloud(),
			Weiban: async () => await this.#weiban(),
			'7moor': async () => await this.#sevenMoor(),
			Kingdee: async () => await this.#kingdee(),
		};
		await Promise.all(
			Object.entries(acts).map(async ([vendor, act]) => await this.#attempt(vendor, act)),
		);
		await this.#attempt('Kingsoft Cloud', async () => await this.#lookForRepeats());
		return { deliveries: this.#deliveries, problems: this.#problems };
	}

	/** One vendor's trouble does not keep the others from playing. */
	async #attempt(vendor: string, act: () => Promise<void>): Promise<void> {
		try {
			await act();
		} catch (error) {
			this.#options.signal?.throwIfAborted();
			this.#problems.push(`${vendor}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	/** Waits until both messages are there; notes it when they do not come. */
	async #follow(happening: Happening): Promise<boolean> {
		const { slack, mail } = this.#playground;
		const { log, timeoutMs, signal } = this.#options;
		const delivery: Delivery = { ...happening };
		this.#deliveries.push(delivery);
		const start = Date.now();
		log(`${happening.vendor}: ${happening.ticket} ${happening.event}`);

		const find = (): true | undefined => {
			delivery.slack ??= slack.messages.find(({ text }) => begins(text, happening));
			delivery.mail ??= mail.mails.find(({ subject }) => begins(subject, happening));
			return delivery.slack !== undefined && delivery.mail !== undefined ? true : undefined;
		};
		const what = headline(happening);
		try {
			await waitFor(find, { what, timeoutMs, everyMs: 50, signal });
		} catch {
			signal?.throwIfAborted();
			for (const place of ['slack', 'mail'] as const) {
				if (delivery[place] !== undefined) continue;
				const name = place === 'slack' ? 'the Slack webhook' : 'the mailbox';
				const limit = `${Math.round(timeoutMs / 1000)} s`;
				this.#problems.push(`"${what}" did not reach ${name} within ${limit}`);
			}
			return false;
		}
		delivery.seconds = (Date.now() - start) / 1000;
		log(`  reached Slack and the mailbox after ${delivery.seconds.toFixed(1)} s`);
		return true;
	}

	/** How often the trigger has polled; one poll is several requests in a row. */
	#polls(): number {
		const times = this.#playground.sandbox
			.requests('kingsoftCloud')
			.filter(({ path, accepted }) => accepted && path.endsWith('/list_tickets'))
			.map(({ at }) => at);
		return times.filter((at, index) => at - (times[index - 1] ?? 0) > POLL_GAP_MS).length;
	}

	async #polled(times: number): Promise<void> {
		const { timeoutMs, signal } = this.#options;
		const what = 'the trigger to poll Kingsoft Cloud';
		const enough = (): true | undefined => (this.#polls() >= times ? true : undefined);
		await waitFor(enough, { what, timeoutMs, signal });
	}

	/** Created, taken up and closed; the trigger polls. */
	async #kingsoftCloud(): Promise<void> {
		const { kingsoftCloud, clock } = this.#playground.sandbox;
		const vendor = 'Kingsoft Cloud';
		// With the first poll the trigger takes note of what is there already.
		await this.#polled(1);
		const { id: ticket } = kingsoftCloud.createTicket({
			title: '云主机无法启动',
			detail: 'Instance i-7f3a stays in "starting" since the maintenance window.',
			priority: 1,
			customer_organization_name: '蓝海物流',
		});
		await this.#follow({ vendor, event: 'created', ticket });
		const now = (): number => Math.floor(clock.now() / 1000);
		kingsoftCloud.changeTicket(ticket, { status: 2, started_time: now() });
		await this.#follow({ vendor, event: 'status changed', ticket });
		kingsoftCloud.changeTicket(ticket, { status: 3, closed_time: now() });
		await this.#follow({ vendor, event: 'closed', ticket });
	}

	/** An order is made; whoever made it calls the webhook with its number. */
	async #weiban(): Promise<void> {
		const { n8n, sandbox } = this.#playground;
		const order = sandbox.weiban.createWorkOrder({
			// Whoever takes it for a number ends up with …500.
			order_no: '1471808049579561379',
			title: '客户反馈收不到消息',
			content: { text: 'No message since this morning <please call back>', pic: [] },
		});
		await this.#call(n8n.webhook('weiban-event'), { order_no: order.order_no, event: 'created' });
		await this.#follow({ vendor: 'Weiban', event: 'created', ticket: order.order_no });
	}

	/** 7moor pushes what happens at a step that has an outflow interface configured. */
	async #sevenMoor(): Promise<void> {
		const { n8n, sandbox } = this.#playground;
		const option = (name: string, options: DictionaryOption[] = []): DictionaryOption => ({
			name,
			key: randomUUID(),
			state: '2',
			options,
		});
		sandbox.sevenMoor.createDictionary({
			name: '地区',
			cascade: '2',
			headers: ['大区', '城市'],
			options: [option('华东', [option('上海'), option('杭州')]), option('华南', [option('深圳')])],
		});
		const ticket = '20261122000017';
		const { status } = await sandbox.sevenMoor.push(n8n.webhook('7moor-event'), {
			businessNumber: ticket,
			fields: [
				{ name: '故障现象', type: 'radio', value: '空调不制冷' },
				{ name: '紧急程度', type: 'radio', value: '高' },
				{ name: '地区', type: 'dropdown', value: ['华东', '上海'] },
			],
		});
		if (status !== 200) throw new Error(`The webhook answered the push with ${status}`);
		await this.#follow({ vendor: '7moor', event: 'updated', ticket });
	}

	/** A technician's app reports the end of the work; n8n writes it into Kingdee. */
	async #kingdee(): Promise<void> {
		const { n8n, sandbox } = this.#playground;
		const { id, billno } = sandbox.kingdee.createWorkOrder({ promble: '打印机卡纸' });
		await this.#call(n8n.webhook('kingdee-event'), {
			id,
			orderNo: billno,
			title: '打印机卡纸',
			handlerId: '1697009251337127936',
			departmentId: '1697221606960547840',
			problemCauseId: '1895123256688528389',
			schemeId: '1895123523051994117',
			resultId: '2028468841138471936',
			progress: '2',
			startedAt: '2026-11-22T09:10:00+08:00',
			endedAt: '2026-11-22T10:40:00+08:00',
			note: 'Replaced the pick-up roller',
		});
		await this.#follow({ vendor: 'Kingdee', event: 'completed', ticket: billno });
		const state = sandbox.kingdee.workOrders().find((order) => order.id === id)?.billstatus;
		if (state !== 'H') throw new Error(`${billno} is in state ${state} and not done (H)`);
	}

	async #call(url: string, body: unknown): Promise<void> {
		const { signal } = this.#options;
		const { status } = await axios.post(url, body, {
			timeout: 15_000,
			proxy: false,
			validateStatus: null,
			signal,
		});
		if (status !== 200) throw new Error(`The webhook ${url} answered ${status}`);
	}

	/** A whole poll must bring nothing; then each message has to be there exactly once. */
	async #lookForRepeats(): Promise<void> {
		const { slack, mail } = this.#playground;
		this.#options.log('Waiting for one more poll, which must bring nothing');
		await this.#polled(this.#polls() + 2);
		const places = {
			'the Slack webhook': slack.messages.map(({ text }) => text),
			'the mailbox': mail.mails.map(({ subject }) => subject),
		};
		for (const [place, texts] of Object.entries(places)) {
			for (const happening of this.#deliveries) {
				const count = texts.filter((text) => begins(text, happening)).length;
				if (count < 2) continue;
				this.#problems.push(`"${headline(happening)}" reached ${place} ${count} times`);
			}
			const strange = texts.filter(
				(text) => !this.#deliveries.some((happening) => begins(text, happening)),
			);
			for (const text of strange) {
				this.#problems.push(`Nobody expected at ${place}: "${text.split('\n')[0]}"`);
			}
		}
	}
}
