import { randomBytes } from 'node:crypto';

import { chinaText, seconds } from '../clock.mts';
import { fileReply, isJsonRequest, jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { isObject, readJson } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { SlidingWindow } from '../slidingWindow.mts';
import { kingdeeAccount as account, USERS } from './account.mts';
import type { KingdeeUser } from './account.mts';
import { readAuthorityInfo } from './authorityInfo.mts';
import { checkXApi, GATEWAY, gatewayReply } from './gateway.mts';
import { isComplaint, readHandling } from './handleOrder.mts';
import type { Handling } from './handleOrder.mts';
import { project, readListRequest, readProperties, select } from './query.mts';
import { TempFiles } from './tempFiles.mts';
import { blankWorkOrder, seedWorkOrders } from './workOrder.mts';
import type { DealRecord, WorkOrder } from './workOrder.mts';
import { appSignature } from './xApi.mts';

/** Business codes of the sheet, §4.3; that weigusoft uses the ten-digit ones is inferred. */
export const ERROR = {
	groupMoved: '11010001',
	unauthorised: '1020002008',
	empty: '1030002000',
	wrongType: '1030002001',
	missing: '1030002003',
	wrongFormat: '1030002006',
} as const;

const DAY_MS = 24 * 3600 * 1000;
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** What the vendor does not document, and its limits; every value can be changed at any time. */
export class KingdeeSettings {
	/** Per account set; the sheet's two figures contradict each other (§5). Infinity: off. */
	limitPerMinute = 500;
	/** HTTP status of a call above the limit; its form is unknown. */
	limitHttpStatus = 429;
	/** `kingdee_auth_token` calls; 2 according to a code comment, so off by default. */
	tokenCallsPerMinute = Number.POSITIVE_INFINITY;
	/** Life of every access_token, also of the seed's from the last reset: undocumented. */
	tokenLifeMs = DAY_MS;
	/** HTTP status of weigusoft failures: unknown. */
	failureHttpStatus = 200;
	/** Most rows per query (sheet §5, whether for weigusoft too is unknown); more are refused. */
	maxPageSize = 1000;
	/** Where `loadList` puts its rows: unknown. */
	listShape: 'rows' | 'array' = 'rows';
	/** Whether `loadList` heeds `orderBy`; only `number asc` is documented (sheet §3.1.2). */
	heedsOrderBy = true;
	/** Whether a `+` sent raw in authority_info is understood: unknown. */
	acceptsRawPlus = false;
	/** Official samples of `domain` sometimes carry a trailing slash (sheet §1.2). */
	domainTrailingSlash = false;
	/** How long an uploaded file lives; the sheet says about 10 to 15 minutes. */
	tempFileLifeMs = 15 * 60 * 1000;
}

interface Token {
	user: KingdeeUser;
	issuedAt: number;
}

export class Kingdee extends KingdeeSettings implements Service {
	readonly #around: Surroundings;
	readonly #calls = new SlidingWindow(60 * 1000);
	readonly #tokenCalls = new SlidingWindow(60 * 1000);
	readonly #files = new TempFiles();
	#orders = new Map<string, WorkOrder>();
	#records: DealRecord[] = [];
	#tokens = new Map<string, Token>();
	#groupName = '';
	#idcDomain = '';
	#formerDomains = new Set<string>();
	#appSecret = '';
	#nextId = 0n;
	#nextNumber = 0;

	constructor(around: Surroundings) {
		super();
		this.#around = around;
		this.reset();
	}

	reset(): void {
		Object.assign(this, new KingdeeSettings());
		this.#calls.clear();
		this.#tokenCalls.clear();
		this.#files.clear();
		this.#orders = new Map(seedWorkOrders().map((order) => [order.id, order]));
		this.#records = [];
		this.#tokens.clear();
		this.issueToken(account.accessToken);
		this.#groupName = account.groupName;
		this.#idcDomain = account.idcDomain;
		this.#formerDomains.clear();
		this.#appSecret = account.appSecret;
		this.#nextId = 2240000000000000001n;
		this.#nextNumber = 1;
	}

	workOrders(): WorkOrder[] {
		return [...this.#orders.values()];
	}

	dealRecords(): DealRecord[] {
		return [...this.#records];
	}

	/** An order of now that nobody handled yet; `partial` overrides. */
	createWorkOrder(partial: Partial<WorkOrder> = {}): WorkOrder {
		const id = partial.id ?? String(this.#nextId++);
		const now = this.#now();
		const order = { ...blankWorkOrder(id, this.#number('fwgs', now), chinaText(now)), ...partial };
		this.#orders.set(id, order);
		return order;
	}

	changeWorkOrder(id: string, patch: Partial<WorkOrder>): WorkOrder {
		const order = this.#orders.get(id);
		if (order === undefined) throw new Error(`No work order ${id}`);
		return Object.assign(order, patch, { id });
	}

	deleteWorkOrder(id: string): void {
		this.#orders.delete(id);
	}

	/** Makes an access_token valid for a user from now on; a fresh one unless given. */
	issueToken(token?: string, userId: string = account.userId): string {
		const now = this.#now();
		const user = USERS.find(({ id }) => id === userId);
		if (user === undefined) throw new Error(`No user ${userId}`);
		// Ten digits of epoch seconds and 22 hex digits (sheet §2.1).
		const text = token ?? `${seconds(now)}${randomBytes(11).toString('hex')}`;
		this.#tokens.set(text, { user, issuedAt: now });
		return text;
	}

	/** Every token issued so far answers 4011 from now on. */
	expireTokens(): void {
		for (const token of this.#tokens.values()) token.issuedAt = Number.NEGATIVE_INFINITY;
	}

	get appSecret(): string {
		return this.#appSecret;
	}

	/** The old secret answers 1030002006; `push_app_authorize` gives the new one, returned here. */
	rotateAppSecret(): string {
		this.#appSecret = randomBytes(16).toString('hex');
		return this.#appSecret;
	}

	get groupName(): string {
		return this.#groupName;
	}

	/** The old group answers 11010001. */
	moveGroup(newGroupName: string): void {
		this.#groupName = newGroupName;
	}

	get idcDomain(): string {
		return this.#idcDomain;
	}

	/** The old router address answers HTTP 502 (sheet §2.3d). */
	moveDomain(newDomain: string): void {
		this.#formerDomains.add(this.#idcDomain);
		this.#idcDomain = newDomain;
	}

	handle(call: Call): Reply {
		if (this.#files.isDownload(call.path)) return this.#download(call);
		const route = this.#routes.get(call.path);
		if (route === undefined) return gatewayReply(GATEWAY.apiNotFound);
		if (call.method !== route.method) return gatewayReply(GATEWAY.methodNotAllowed);
		return route.answer(call);
	}

	readonly #routes = new Map<string, { method: string; answer: (call: Call) => Reply }>([
		[
			'/weigusoft/wg_crm/wg_handleBillBusinessApi',
			{ method: 'POST', answer: (call) => this.#asUser(call, (body) => this.#handleOrder(body)) },
		],
		[
			'/weigusoft/wg_cost/loadList',
			{ method: 'POST', answer: (call) => this.#asUser(call, (body) => this.#loadList(body)) },
		],
		[
			'/weigusoft/wg_cost/loadData',
			{ method: 'POST', answer: (call) => this.#asUser(call, (body) => this.#loadData(body)) },
		],
		[
			'/weigusoft/basedata/get_current_user_info',
			{ method: 'POST', answer: (call) => this.#currentUser(call) },
		],
		['/jdy/basedata/attachment_upload', { method: 'POST', answer: (call) => this.#upload(call) }],
		[
			'/jdyconnector/app_management/push_app_authorize',
			{ method: 'POST', answer: (call) => this.#authorisations(call) },
		],
		[
			'/jdyconnector/app_management/kingdee_auth_token',
			{ method: 'GET', answer: (call) => this.#appToken(call) },
		],
	]);

	#now(): number {
		return this.#around.clock.now();
	}

	#number(prefix: string, now: number): string {
		const day = chinaText(now).slice(0, 10).replaceAll('-', '');
		return `${prefix}-${day}-${String(this.#nextNumber++).padStart(8, '0')}`;
	}

	#success(data: unknown): Reply {
		return jsonReply({ data, errorCode: 'success', status: true, success: true });
	}

	/** The failure envelope of weigusoft is inferred (sheet §4.1). */
	#fail(errorCode: string, message: string): Reply {
		return jsonReply(
			{ data: null, errorCode, message, status: false, success: false },
			{ status: this.failureHttpStatus, refusal: `${errorCode} ${message}` },
		);
	}

	/** Router, token and tenant headers: the part of scheme A that every call shares. */
	#enter(call: Call, answer: (user: KingdeeUser) => Reply): Reply {
		const router = call.headers['x-gw-router-addr'] ?? '';
		if (this.#formerDomains.has(router)) return textReply(502, 'Bad Gateway');
		if (router !== this.#idcDomain) return textReply(404, 'No Route');
		const accessToken = call.query['access_token'] ?? '';
		if (accessToken === '') return gatewayReply(GATEWAY.tokenEmpty);
		const token = this.#tokens.get(accessToken);
		if (token === undefined) return gatewayReply(GATEWAY.tokenInvalid);
		if (this.#now() - token.issuedAt >= this.tokenLifeMs) {
			return gatewayReply(GATEWAY.tokenExpired);
		}
		const accountId = call.headers['accountid'] ?? '';
		const groupName = call.headers['groupname'] ?? '';
		if (accountId === '') return this.#fail(ERROR.empty, 'accountId不能为空');
		if (groupName === '') return this.#fail(ERROR.empty, 'groupName不能为空');
		if (accountId !== account.accountId) return this.#fail(ERROR.unauthorised, 'accountId未授权');
		if (groupName !== this.#groupName) return this.#fail(ERROR.groupMoved, 'groupName已变更');
		return this.#checkLimit(accountId) ?? answer(token.user);
	}

	#checkLimit(accountId: string): Reply | null {
		if (this.#calls.count(accountId, this.#now()) >= this.limitPerMinute) {
			const description = 'too many requests';
			return jsonReply(
				{ errcode: 429, description },
				{ status: this.limitHttpStatus, refusal: `429 ${description}` },
			);
		}
		this.#calls.add(accountId, this.#now());
		return null;
	}

	#withBody(call: Call, answer: (body: JsonObject) => Reply): Reply {
		if (!isJsonRequest(call)) {
			return this.#fail(ERROR.wrongFormat, 'Content-Type固定传application/json');
		}
		const body = readJson(call.body);
		return isObject(body) ? answer(body) : this.#fail(ERROR.wrongFormat, '请求体不是JSON对象');
	}

	#asUser(call: Call, answer: (body: JsonObject) => Reply): Reply {
		return this.#enter(call, (user) => {
			const sent = call.query['authority_info'] ?? '';
			if (sent === '') return this.#fail(ERROR.empty, 'authority_info不能为空');
			const appUserId = call.headers['appuserid'] ?? '';
			if (appUserId === '') return this.#fail(ERROR.empty, 'Appuserid不能为空');
			const authority = readAuthorityInfo(this.acceptsRawPlus ? sent.replaceAll(' ', '+') : sent);
			if (authority === null || authority.accessToken !== call.query['access_token']) {
				return this.#fail(ERROR.unauthorised, 'authority_info无效');
			}
			if (authority.userId !== appUserId || authority.userId !== user.id) {
				return this.#fail(ERROR.unauthorised, 'Appuserid与authority_info不一致');
			}
			return this.#withBody(call, answer);
		});
	}

	/** Answer shape unknown; only `id` is documented. `Appuserid` is learnt here, so not required. */
	#currentUser(call: Call): Reply {
		return this.#enter(call, (user) =>
			this.#withBody(call, () =>
				this.#success({ id: user.id, uid: user.uid, name: user.name, number: user.number }),
			),
		);
	}

	#handleOrder(body: JsonObject): Reply {
		const handling = readHandling(body);
		if (isComplaint(handling)) return this.#fail(handling.code, handling.message);
		const order = this.#orders.get(handling.id);
		if (order === undefined) return this.#fail(ERROR.missing, '服务工单不存在');
		if (order.billno !== handling.orderNo) {
			return this.#fail(ERROR.missing, 'orderNo与服务工单不一致');
		}
		const gone = [...handling.before, ...handling.after].find(({ url }) =>
			this.#files.isGone(this.#around.address(), url, this.#now(), this.tempFileLifeMs),
		);
		if (gone !== undefined) return this.#fail(ERROR.missing, `附件${gone.name}已失效`);
		order.billstatus = handling.state;
		order.completionprogress = handling.progress;
		order.totalservicehours += handling.hours;
		if (handling.state === 'H') order.actualcompletiontime = handling.end;
		this.#records.push(this.#dealRecord(handling));
		return this.#success('操作成功');
	}

	#dealRecord(handling: Handling): DealRecord {
		return {
			id: String(this.#nextId++),
			billno: this.#number('CLJL', this.#now()),
			sourcebillno: handling.orderNo,
			feedbackno: handling.orderNo,
			wg_reason: { id: handling.reason },
			wg_scheme: { id: handling.scheme },
			wg_result: { id: handling.result },
			emp: { id: handling.handler },
			dept: { id: handling.department },
			startdate: handling.start,
			enddate: handling.end,
			mulemp: handling.helpers.map((id) => ({ fbasedataid_id: id })),
			combofield: handling.state,
			workinghours: handling.hours,
			completionprogress: handling.progress,
			remark: handling.note,
			wg_address: handling.address,
			wg_pre_image: handling.before,
			wg_after_image: handling.after,
		};
	}

	#withRows(body: JsonObject, answer: (rows: readonly object[]) => Reply): Reply {
		switch (body['entityName']) {
			case 'wg_service_workorder':
				return answer(this.workOrders());
			case 'wg_deal_record':
				return answer(this.#records);
			case undefined:
			case null:
			case '':
				return this.#fail(ERROR.empty, 'entityName不能为空');
			default:
				return this.#fail(ERROR.missing, 'entityName不存在');
		}
	}

	#loadList(body: JsonObject): Reply {
		return this.#withRows(body, (rows) => {
			const request = readListRequest(body);
			if (typeof request === 'string') return this.#fail(ERROR.wrongFormat, request);
			if (request.pageSize > this.maxPageSize) {
				return this.#fail(ERROR.wrongFormat, `pagesize不能大于${this.maxPageSize}`);
			}
			if (body['entityName'] === 'wg_deal_record' && request.properties.length === 0) {
				return this.#fail(ERROR.empty, 'selectProperties不能为空');
			}
			const found = select(rows, this.heedsOrderBy ? request : { ...request, order: [] });
			// Totals come as text (sheet §7); the rest of the shape is unknown.
			const count = String(found.length);
			if (request.onlyCount) return this.#success({ count });
			const start = (request.pageIndex - 1) * request.pageSize;
			const page = found
				.slice(start, start + request.pageSize)
				.map((row) => project(row, request.properties));
			return this.#success(this.listShape === 'array' ? page : { rows: page, count });
		});
	}

	#loadData(body: JsonObject): Reply {
		return this.#withRows(body, (rows) => {
			const { id } = body;
			if (id === undefined || id === null || id === '') {
				return this.#fail(ERROR.empty, 'id不能为空');
			}
			if (typeof id !== 'string') return this.#fail(ERROR.wrongType, 'id必须为字符串');
			const row = rows.find((candidate) => Reflect.get(candidate, 'id') === id);
			return row === undefined
				? this.#fail(ERROR.missing, '单据不存在')
				: this.#success(project(row, readProperties(body['selectProperties'])));
		});
	}

	#upload(call: Call): Reply {
		return this.#enter(call, () => {
			const files = call.parts.filter(({ fileName }) => fileName !== null);
			if (files.length === 0) return this.#fail(ERROR.empty, 'file不能为空');
			if (files.some(({ content }) => content.length > MAX_UPLOAD_BYTES)) {
				return this.#fail(ERROR.wrongFormat, '文件不能大于10MB');
			}
			const stored = files.map(({ name, content, contentType }): [string, string] => [
				name,
				this.#files.store(
					this.#around.address(),
					content,
					contentType ?? 'application/octet-stream',
					this.#now(),
				),
			]);
			return jsonReply({
				errorCode: 'success',
				message: '',
				data: Object.fromEntries(stored),
				success: true,
				reachPlugin: true,
			});
		});
	}

	#download(call: Call): Reply {
		const file = this.#files.load(call.query['id'] ?? '', this.#now(), this.tempFileLifeMs);
		return file === null ? textReply(404, 'Not Found') : fileReply(file.content, file.contentType);
	}

	#authorisations(call: Call): Reply {
		const refusal = checkXApi(call, this.#now());
		if (refusal !== null) return refusal;
		if (call.body !== '' && !isObject(readJson(call.body))) {
			return jsonReply(
				{ code: 400, msg: 'body is not a JSON object', data: null },
				{ refusal: '400 body is not a JSON object' },
			);
		}
		const wanted = call.query['outerInstanceId'] ?? account.outerInstanceId;
		// Real answers carry code/msg, although the page's table says errcode (sheet §2.3a).
		return jsonReply({
			code: 200,
			msg: 'success',
			data: wanted === account.outerInstanceId ? [this.#authorisation()] : [],
		});
	}

	#authorisation() {
		const now = this.#now();
		return {
			serviceId: '1683187060740048400',
			accountId: account.accountId,
			accountName: '示例账套',
			domain: this.#idcDomain + (this.domainTrailingSlash ? '/' : ''),
			groupName: this.#groupName,
			agreementCompanyName: '南京示例机电有限公司',
			status: 1,
			outerInstanceId: account.outerInstanceId,
			clientId: account.clientId,
			tid: '1683187060740048427',
			appKey: account.appKey,
			appSecret: this.#appSecret,
			instanceExpiresTime: now + 365 * DAY_MS,
			accessToken: null,
			appToken: null,
		};
	}

	#appToken(call: Call): Reply {
		const refusal = checkXApi(call, this.#now());
		if (refusal !== null) return refusal;
		const fail = (errcode: number, description: string) =>
			jsonReply({ errcode, description, data: null }, { refusal: `${errcode} ${description}` });
		const { app_key: appKey = '', app_signature: signature = '', uid } = call.query;
		if (appKey === '' || signature === '') return fail(1030002000, 'app_key或app_signature为空');
		if (appKey !== account.appKey) return fail(1020002008, '授权信息错误，请检查appKey');
		if (signature !== appSignature(account.appKey, this.#appSecret)) {
			return fail(1030002006, 'app_signature格式错误');
		}
		const user = uid === undefined ? USERS[0] : USERS.find((candidate) => candidate.uid === uid);
		if (user === undefined) return fail(1030002003, 'uid不存在');
		if (this.#tokenCalls.count(appKey, this.#now()) >= this.tokenCallsPerMinute) {
			return jsonReply(
				{ errcode: 429, description: 'too many requests' },
				{ status: this.limitHttpStatus, refusal: '429 too many requests' },
			);
		}
		this.#tokenCalls.add(appKey, this.#now());
		return jsonReply({
			errcode: 0,
			description: 'success',
			data: {
				uid: user.uid,
				'app-token': randomBytes(24).toString('hex'),
				// That weigusoft accepts this token is plausible, not documented (sheet §2.1c).
				access_token: this.issueToken(undefined, user.id),
				expires: this.#now() + this.tokenLifeMs,
				domain: this.#idcDomain,
			},
		});
	}
}
