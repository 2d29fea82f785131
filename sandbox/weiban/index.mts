import { randomBytes } from 'node:crypto';

import { seconds } from '../clock.mts';
import { jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { weibanAccount as account } from './account.mts';
import { close, create, handOver, reply, update } from './actions.mts';
import type { Desk } from './actions.mts';
import { ERRCODE, invalid, Refused } from './codes.mts';
import { seedDirectory } from './directory.mts';
import type { Directory } from './directory.mts';
import { checkUrl, pushEvent } from './events.mts';
import type { EventDelivery, PushOptions } from './events.mts';
import { bodyOf, inTime, pageOf } from './input.mts';
import type { Query } from './input.mts';
import { FrequencyLimits } from './limits.mts';
import { seedWorkOrder } from './seed.mts';
import { WeibanSettings } from './settings.mts';
import { seedTemplates } from './templates.mts';
import type { Templates } from './templates.mts';
import { blankWorkOrder, detailAnswer, listRow } from './workOrder.mts';
import type { WorkOrder } from './workOrder.mts';

export { ERRCODE } from './codes.mts';

const BASE = '/open-api';
const TOKEN_PATH = `${BASE}/access_token/get`;
const LIST_PATH = `${BASE}/workorder/list`;

interface Route {
	method: 'GET' | 'POST';
	/** @throws Refused */
	answer(call: Call): object;
}

const get = (answer: (query: Query) => object): Route => ({
	method: 'GET',
	answer: ({ query }) => answer(query),
});

export class Weiban extends WeibanSettings implements Service {
	readonly #around: Surroundings;
	readonly #limits = new FrequencyLimits();
	readonly #orders = new Map<string, WorkOrder>();
	readonly #closed = new Set<string>();
	#directory = seedDirectory();
	#templates = seedTemplates();
	/** Token to its end, epoch ms. */
	#tokens = new Map<string, number>();
	#nextOrderNo = 0n;
	#nextId = 0;

	constructor(around: Surroundings) {
		super();
		this.#around = around;
		this.reset();
	}

	reset(): void {
		Object.assign(this, new WeibanSettings());
		this.#limits.clear();
		this.#orders.clear();
		this.#closed.clear();
		this.#tokens.clear();
		this.#directory = seedDirectory();
		this.#templates = seedTemplates();
		this.#nextOrderNo = 1471808049579561000n;
		this.#nextId = 26370;
		const seed = seedWorkOrder();
		this.#orders.set(seed.order_no, seed);
		// One off the seed's number, a number whose nearest double differs, and 2^53 + 1.
		['1471808049579560961', '2230413444614467584', '9007199254740993'].forEach((orderNo, index) =>
			this.createWorkOrder({ order_no: orderNo, created_at: seed.created_at + 60 * (index + 1) }),
		);
	}

	/** Staff, customers and group chats; add to it at any time. */
	get directory(): Directory {
		return this.#directory;
	}

	/** Templates of work orders; add to it at any time. */
	get templates(): Templates {
		return this.#templates;
	}

	/** In the order of the list. */
	workOrders(): WorkOrder[] {
		const sign = this.listOrder === 'newestFirst' ? -1 : 1;
		return [...this.#orders.values()].sort(
			(one, other) =>
				sign * (one.created_at - other.created_at || Number(one.id) - Number(other.id)),
		);
	}

	/** A fresh order of now; `partial` overrides. */
	createWorkOrder(partial: Partial<WorkOrder> = {}): WorkOrder {
		const orderNo = partial.order_no ?? String(this.#nextOrderNo++);
		const createdAt = partial.created_at ?? seconds(this.#around.clock.now());
		const order = {
			...blankWorkOrder(orderNo, account.corpId, createdAt),
			id: String(this.#nextId++),
			...partial,
		};
		this.#orders.set(orderNo, order);
		return order;
	}

	/** Sets `updated_at` to now unless the patch has one. */
	changeWorkOrder(orderNo: string, patch: Partial<WorkOrder>): WorkOrder {
		const order = this.#orders.get(orderNo);
		if (order === undefined) throw new Error(`No work order ${orderNo}`);
		const now = seconds(this.#around.clock.now());
		return Object.assign(order, { updated_at: now }, patch, { order_no: orderNo });
	}

	deleteWorkOrder(orderNo: string): void {
		this.#orders.delete(orderNo);
		this.#closed.delete(orderNo);
	}

	/** As the close call does it, but for the flow. */
	closeWorkOrder(orderNo: string): void {
		this.changeWorkOrder(orderNo, { status: this.closedStatus });
		this.#closed.add(orderNo);
	}

	isClosed(orderNo: string): boolean {
		return this.#closed.has(orderNo);
	}

	/** Ends every token issued so far. */
	expireTokens(): void {
		this.#tokens.clear();
	}

	/** Sends an event (create, switch, close, reopen, reply or any other status) to a receiver. */
	async push(
		url: string,
		status: string,
		msgData: Record<string, unknown>,
		options: PushOptions = {},
	): Promise<EventDelivery> {
		return await pushEvent(this.#around.clock, url, status, msgData, options);
	}

	/** The GET with `echostr`; the delivery's `message` is the text the receiver must answer. */
	async checkUrl(url: string, plain?: string, options: PushOptions = {}): Promise<EventDelivery> {
		return await checkUrl(this.#around.clock, url, plain, options);
	}

	admit(call: Call, others: readonly Call[]): Reply | null {
		const sameKind = others.filter(({ method }) => method === call.method);
		if (sameKind.length < this.limitInFlight) return null;
		if (this.emptyPageAboveLimit && call.path === LIST_PATH) {
			return jsonReply(
				{ errcode: ERRCODE.ok, errmsg: 'ok', total: 0, workorder_list: [] },
				{ refusal: 'concurrency limit, answered with an empty page' },
			);
		}
		return this.#fail(new Refused(ERRCODE.concurrency, '接口并发超过限制'));
	}

	handle(call: Call): Reply {
		const route = this.#routes[call.path];
		if (route === undefined) return textReply(404, '404 page not found');
		if (call.method !== route.method) return textReply(405, '405 method not allowed');
		try {
			this.#admitCall(call);
			return this.#ok(route.answer(call));
		} catch (error) {
			if (error instanceof Refused) return this.#fail(error);
			throw error;
		}
	}

	/** Token first, then the frequency per API. */
	#admitCall(call: Call): void {
		if (call.path !== TOKEN_PATH && !this.#knowsToken(call.query['access_token'] ?? '')) {
			throw new Refused(ERRCODE.unauthenticated, '认证失败，请填写正确的access_token');
		}
		const now = this.#around.clock.now();
		if (!this.#limits.admit(call.path, now, this.limitPerMinute, this.limitPerHour)) {
			throw new Refused(ERRCODE.frequency, '接口调用频率超过限制');
		}
	}

	readonly #routes: Record<string, Route> = {
		[TOKEN_PATH]: { method: 'POST', answer: (call) => this.#issueToken(call) },
		[LIST_PATH]: get((query) => this.#list(query)),
		[`${BASE}/workorder/detail`]: get((query) => this.#detail(query)),
		[`${BASE}/workorder/switch`]: this.#action(handOver),
		[`${BASE}/workorder/close`]: this.#action(close),
		[`${BASE}/workorder/reply`]: this.#action(reply),
		[`${BASE}/workorder/create`]: this.#action(create),
		[`${BASE}/workorder/update`]: this.#action(update),
		[`${BASE}/workorder/template/list`]: get((query) => this.templates.list(query, this)),
		[`${BASE}/workorder/template/detail`]: get((query) => this.templates.detail(query)),
		[`${BASE}/staff/list`]: get((query) => this.directory.listStaff(query, this)),
		[`${BASE}/external_user/list`]: get((query) => this.directory.listCustomers(query, this)),
		[`${BASE}/external_user/get`]: get((query) => this.directory.getCustomer(query)),
		[`${BASE}/external_user/batch_get`]: {
			method: 'POST',
			answer: (call) => this.directory.getCustomers(bodyOf(call), this),
		},
		[`${BASE}/group_chat/list`]: get((query) => this.directory.listGroups(query, this)),
		[`${BASE}/group_chat/detail`]: get((query) => this.directory.getGroup(query)),
	};

	#action(act: (desk: Desk, body: ReturnType<typeof bodyOf>) => object): Route {
		return { method: 'POST', answer: (call) => act(this.#desk(), bodyOf(call)) };
	}

	#desk(): Desk {
		return {
			settings: this,
			directory: this.directory,
			templates: this.templates,
			orders: this.#orders,
			closed: this.#closed,
			now: () => seconds(this.#around.clock.now()),
			nextId: () => this.#nextId++,
			createWorkOrder: (partial) => this.createWorkOrder(partial),
		};
	}

	#ok(data: object): Reply {
		return jsonReply({ errcode: ERRCODE.ok, errmsg: 'ok', ...data });
	}

	#fail({ errcode, message }: Refused): Reply {
		return jsonReply(
			{ errcode, errmsg: message },
			{ status: this.failureHttpStatus, refusal: `${errcode} ${message}` },
		);
	}

	#knowsToken(token: string): boolean {
		return this.#around.clock.now() < (this.#tokens.get(token) ?? Number.NEGATIVE_INFINITY);
	}

	#issueToken(call: Call): object {
		const { corp_id: corpId, secret } = bodyOf(call);
		if (typeof corpId !== 'string' || typeof secret !== 'string') {
			throw invalid('corp_id和secret必须为字符串');
		}
		if (corpId !== account.corpId) throw new Refused(ERRCODE.unknownCorp, 'corp_id不存在');
		if (secret !== account.secret) throw new Refused(ERRCODE.wrongSecret, 'secret错误');
		if (this.newTokenEndsOld) this.#tokens.clear();
		const token = randomBytes(32).toString('base64url');
		this.#tokens.set(token, this.#around.clock.now() + this.tokenLifeSeconds * 1000);
		return { access_token: token, expires_in: this.tokenLifeSeconds };
	}

	#detail(query: Query): object {
		const order = this.#orders.get(query['order_no'] ?? '');
		if (order === undefined) {
			throw new Refused(ERRCODE.unknownOrder, 'order_no非法，对应工单不存在');
		}
		return { work_order: detailAnswer(order) };
	}

	#list(query: Query): object {
		const rows = this.workOrders().filter((order) => this.#passes(order, query));
		return {
			total: rows.length,
			workorder_list: pageOf(rows, query, this.aboveMaximum).map(listRow),
		};
	}

	#passes(order: WorkOrder, query: Query): boolean {
		const { start_time: start, end_time: end, title = '' } = query;
		// The times work only as a pair (sheet §3.2).
		const passesTime = !start || !end || inTime(order[this.timeFilter], query);
		return (
			passesTime &&
			(title === '' ||
				(this.titleMatch === 'exact' ? order.title === title : order.title.includes(title)))
		);
	}
}
