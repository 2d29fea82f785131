import { randomBytes } from 'node:crypto';

import { seconds } from '../clock.mts';
import { isJsonRequest, jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { isObject, readJson } from '../json.mts';
import { weibanAccount as account } from './account.mts';
import { checkUrl, pushEvent } from './events.mts';
import type { EventDelivery, PushOptions } from './events.mts';
import { FrequencyLimits } from './limits.mts';
import { seedWorkOrder } from './seed.mts';
import { blankWorkOrder, detailAnswer, listRow } from './workOrder.mts';
import type { WorkOrder } from './workOrder.mts';

/** Sheet §4, but for the two marked ones, which are the sandbox's own. */
export const ERRCODE = {
	ok: 0,
	unauthenticated: 10001,
	/** Own: the code for an unknown corp_id is not public. */
	unknownCorp: 10002,
	/** Own: the code for a wrong secret is not public. */
	wrongSecret: 10003,
	invalidParameter: 10049,
	concurrency: 10052,
	frequency: 10053,
	unknownOrder: 22301,
} as const;

const TOKEN_PATH = '/open-api/access_token/get';
const LIST_PATH = '/open-api/workorder/list';
const DETAIL_PATH = '/open-api/workorder/detail';

/** What the vendor does not document, and its limits; every value can be changed at any time. */
export class WeibanSettings {
	/** Calls at the same time, reads and writes each; Infinity switches the limit off. */
	limitInFlight = 5;
	/** Per API. */
	limitPerMinute = 600;
	/** Per API. */
	limitPerHour = 36_000;
	/** A public client saw empty pages with errcode 0 in place of 10052 (sheet §5). */
	emptyPageAboveLimit = false;
	/** Clients fall back to 7200; the official figure is unknown. */
	tokenLifeSeconds = 7200;
	/** Whether a new token ends the older ones: unknown. */
	newTokenEndsOld = false;
	/** HTTP status of failures: unknown. */
	failureHttpStatus = 200;
	/** What a `limit` above 100 leads to: unknown. */
	aboveMaximum: 'refuse' | 'cut' = 'refuse';
	/** Which time `start_time` and `end_time` filter: unknown. Both ends are taken as included. */
	timeFilter: 'created_at' | 'updated_at' = 'created_at';
	/** Whether `title` must match as a whole: unknown. */
	titleMatch: 'exact' | 'partial' = 'partial';
	/** Sort order of the list by creation: unknown. */
	listOrder: 'newestFirst' | 'oldestFirst' = 'newestFirst';
}

export class Weiban extends WeibanSettings implements Service {
	readonly #around: Surroundings;
	readonly #limits = new FrequencyLimits();
	#orders = new Map<string, WorkOrder>();
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
		this.#tokens.clear();
		this.#nextOrderNo = 1471808049579561000n;
		this.#nextId = 26370;
		const seed = seedWorkOrder();
		this.#orders.set(seed.order_no, seed);
		// One off the seed's number, a number whose nearest double differs, and 2^53 + 1.
		['1471808049579560961', '2230413444614467584', '9007199254740993'].forEach((orderNo, index) =>
			this.createWorkOrder({ order_no: orderNo, created_at: seed.created_at + 60 * (index + 1) }),
		);
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
		return this.#fail(ERRCODE.concurrency, '接口并发超过限制');
	}

	handle(call: Call): Reply {
		const route = this.#routes[call.path];
		if (route === undefined) return textReply(404, '404 page not found');
		if (call.method !== route.method) return textReply(405, '405 method not allowed');
		if (call.path !== TOKEN_PATH && !this.#knowsToken(call.query['access_token'] ?? '')) {
			return this.#fail(ERRCODE.unauthenticated, '认证失败，请填写正确的access_token');
		}
		const now = this.#around.clock.now();
		if (!this.#limits.admit(call.path, now, this.limitPerMinute, this.limitPerHour)) {
			return this.#fail(ERRCODE.frequency, '接口调用频率超过限制');
		}
		return route.answer(call);
	}

	readonly #routes: Record<string, { method: string; answer: (call: Call) => Reply }> = {
		[TOKEN_PATH]: { method: 'POST', answer: (call) => this.#issueToken(call) },
		[LIST_PATH]: { method: 'GET', answer: (call) => this.#list(call) },
		[DETAIL_PATH]: { method: 'GET', answer: (call) => this.#detail(call) },
	};

	#ok(data: Record<string, unknown>): Reply {
		return jsonReply({ errcode: ERRCODE.ok, errmsg: 'ok', ...data });
	}

	#fail(errcode: number, errmsg: string): Reply {
		return jsonReply(
			{ errcode, errmsg },
			{ status: this.failureHttpStatus, refusal: `${errcode} ${errmsg}` },
		);
	}

	#knowsToken(token: string): boolean {
		return this.#around.clock.now() < (this.#tokens.get(token) ?? Number.NEGATIVE_INFINITY);
	}

	#issueToken(call: Call): Reply {
		const body = isJsonRequest(call) ? readJson(call.body) : undefined;
		if (!isObject(body)) return this.#fail(ERRCODE.invalidParameter, '请求体必须为JSON');
		const { corp_id: corpId, secret } = body;
		if (typeof corpId !== 'string' || typeof secret !== 'string') {
			return this.#fail(ERRCODE.invalidParameter, 'corp_id和secret必须为字符串');
		}
		if (corpId !== account.corpId) return this.#fail(ERRCODE.unknownCorp, 'corp_id不存在');
		if (secret !== account.secret) return this.#fail(ERRCODE.wrongSecret, 'secret错误');
		if (this.newTokenEndsOld) this.#tokens.clear();
		const token = randomBytes(32).toString('base64url');
		this.#tokens.set(token, this.#around.clock.now() + this.tokenLifeSeconds * 1000);
		return this.#ok({ access_token: token, expires_in: this.tokenLifeSeconds });
	}

	#detail(call: Call): Reply {
		const order = this.#orders.get(call.query['order_no'] ?? '');
		return order === undefined
			? this.#fail(ERRCODE.unknownOrder, 'order_no非法，对应工单不存在')
			: this.#ok({ work_order: detailAnswer(order) });
	}

	#list({ query }: Call): Reply {
		const wrong = ['limit', 'offset', 'start_time', 'end_time'].find(
			(name) => query[name] !== undefined && !/^\d+$/.test(query[name]),
		);
		const limit = Number(query['limit'] ?? 30);
		if (wrong !== undefined || limit === 0 || (limit > 100 && this.aboveMaximum === 'refuse')) {
			return this.#fail(ERRCODE.invalidParameter, `参数错误：${wrong ?? 'limit'}`);
		}
		const offset = Number(query['offset'] ?? 0);
		const rows = this.workOrders().filter((order) => this.#passes(order, query));
		return this.#ok({
			total: rows.length,
			workorder_list: rows.slice(offset, offset + Math.min(limit, 100)).map(listRow),
		});
	}

	#passes(order: WorkOrder, query: Record<string, string>): boolean {
		const { start_time: start, end_time: end, title = '' } = query;
		const time = order[this.timeFilter];
		// The times work only as a pair (sheet §3.2).
		const inTime = !start || !end || (time >= Number(start) && time <= Number(end));
		return (
			inTime &&
			(title === '' ||
				(this.titleMatch === 'exact' ? order.title === title : order.title.includes(title)))
		);
	}
}
