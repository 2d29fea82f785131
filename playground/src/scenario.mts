import { randomUUID } from 'node:crypto';
import type { Delivery as Pushed, Outflow } from '../../sandbox/index.mts';
import { begins, headline, wordingProblems, type Delivery, type Happening } from './happening.mts';
import type { Playground } from './playground.mts';
import { onePollLater } from './polls.mts';
import type { Log } from './progress.mts';
import { waitFor } from './wait.mts';

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

/** The workflows that take part, the called one first. */
export const scenarioTemplates = [
	'notify',
	'kingsoft-cloud-events',
	'kingdee-event',
	'weiban-event',
	'7moor-event',
];

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
		await this.#attempt('Repeats', async () => await this.#lookForRepeats());
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

	/** Waits until both messages are there; notes it when they do not come or say something else. */
	async #follow(happening: Happening): Promise<void> {
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
			return;
		}
		delivery.seconds = (Date.now() - start) / 1000;
		log(`  reached Slack and the mailbox after ${delivery.seconds.toFixed(1)} s`);
		this.#problems.push(...wordingProblems(delivery));
	}

	/** Created, taken up and closed; the trigger polls. */
	async #kingsoftCloud(): Promise<void> {
		const { kingsoftCloud, clock } = this.#playground.sandbox;
		const title = '云主机无法启动';
		const detail = 'Instance i-7f3a stays in "starting" since the maintenance window.';
		const { id: ticket } = kingsoftCloud.createTicket({
			title,
			detail,
			priority: 1,
			customer_organization_name: '蓝海物流',
		});
		const about = { vendor: 'Kingsoft Cloud', ticket, title };
		const says = ['Priority: urgent', 'Customer: 蓝海物流', 'Requester: 姜程', detail];
		await this.#follow({ ...about, event: 'created', says: ['Status: open', ...says] });
		const now = (): number => Math.floor(clock.now() / 1000);
		kingsoftCloud.changeTicket(ticket, { status: 2, started_time: now() });
		await this.#follow({
			...about,
			event: 'status changed',
			says: ['Status: in progress', ...says],
		});
		kingsoftCloud.changeTicket(ticket, { status: 3, closed_time: now() });
		await this.#follow({ ...about, event: 'closed', says: ['Status: closed', ...says] });
	}

	/** Created, handed over and closed; Weiban pushes each, and the last one twice. */
	async #weiban(): Promise<void> {
		const { n8n, sandbox } = this.#playground;
		const { weiban } = sandbox;
		const url = n8n.webhook('weiban-event');
		const title = '客户反馈收不到消息';
		const text = 'No message since this morning <please call back>';
		const { order_no: ticket } = weiban.createWorkOrder({
			// Whoever takes it for a number ends up with …500.
			order_no: '1471808049579561379',
			title,
			content: { text, pic: [] },
		});
		const about = { vendor: 'Weiban', ticket, title };
		const says = ['Customer: 大大怪', 'Requester: 刘洋', text];
		const data = { order_no: ticket, staff_id: 'LiuYang' };

		accepted(await weiban.push(url, 'create', data));
		await this.#follow({
			...about,
			event: 'created',
			says: ['Status: open', 'Assignee: 刘洋', ...says],
		});
		weiban.changeWorkOrder(ticket, { handler_id: 'WangFang', handler_name: '王芳' });
		accepted(await weiban.push(url, 'switch', { ...data, handler_id: 'WangFang' }));
		await this.#follow({
			...about,
			event: 'handed over',
			says: ['Status: open', 'Assignee: 王芳', ...says],
		});
		const id = randomUUID();
		accepted(await weiban.push(url, 'close', data, { id }));
		await this.#follow({
			...about,
			event: 'closed',
			says: ['Status: closed', 'Assignee: 王芳', ...says],
		});
		accepted(await weiban.push(url, 'close', data, { id, retryCount: 1 }));
	}

	/** 7moor pushes what happens at a step that has an outflow interface, the first push twice. */
	async #sevenMoor(): Promise<void> {
		const { n8n, sandbox } = this.#playground;
		const url = n8n.webhook('7moor-event');
		const title = '空调不制冷';
		const about = { vendor: '7moor', event: 'step reached' };
		const first: Partial<Outflow> = {
			_id: randomUUID(),
			businessNumber: '20261122000017',
			createTime: '2026-11-22 09:30:00',
			createTimestamp: Date.parse('2026-11-22T09:30:00+08:00'),
			fields: [
				{ name: '故障现象', type: 'radio', value: title },
				{ name: '紧急程度', type: 'radio', value: '高' },
				{ name: '地区', type: 'dropdown', value: ['华东', '上海'] },
			],
		};
		accepted(await sandbox.sevenMoor.push(url, first));
		await this.#follow({
			...about,
			ticket: '20261122000017',
			title,
			says: [
				'Status: 受理',
				'Priority: high',
				'Assignee: 8000',
				'Created: 2026-11-22T09:30:00+08:00',
				`故障现象: ${title}`,
				'地区: 华东 / 上海',
			],
		});
		accepted(await sandbox.sevenMoor.push(url, first));
		// A form without the fields that the workflow looks for.
		const other = { businessNumber: '20261122000018', stepName: '派单', fields: [] };
		accepted(await sandbox.sevenMoor.push(url, other));
		await this.#follow({
			...about,
			ticket: other.businessNumber,
			says: ['Status: 派单', 'Assignee: 8000'],
		});
	}

	/** Created and done; the trigger polls. */
	async #kingdee(): Promise<void> {
		const { kingdee } = this.#playground.sandbox;
		const title = '打印机卡纸';
		const { id, billno: ticket } = kingdee.createWorkOrder({ promble: title });
		const about = { vendor: 'Kingdee', ticket, title };
		const says = [
			'Type: 电话报修',
			'Customer: 南京示例机电有限公司',
			'Requester: 王先生',
			'Assignee: 张工',
		];
		await this.#follow({ ...about, event: 'created', says: ['Status: open', ...says] });
		kingdee.changeWorkOrder(id, {
			billstatus: 'H',
			actualcompletiontime: '2026-11-22 10:40:00',
		});
		await this.#follow({ ...about, event: 'done', says: ['Status: resolved', ...says] });
	}

	/** A whole poll must bring nothing; then each message has to be there exactly once. */
	async #lookForRepeats(): Promise<void> {
		const { slack, mail, sandbox } = this.#playground;
		const { log, timeoutMs, signal } = this.#options;
		log('Waiting for one more poll, which must bring nothing');
		await Promise.all(
			(['kingsoftCloud', 'kingdee'] as const).map(
				async (vendor) => await onePollLater(sandbox, vendor, { timeoutMs, signal }),
			),
		);
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

function accepted({ url, status, body }: Pushed): void {
	if (status !== 200) throw new Error(`The webhook ${url} answered ${status}: ${body}`);
}
