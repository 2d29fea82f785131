import { randomBytes } from 'node:crypto';

import { seconds } from '../clock.mts';
import { fileReply, isJsonRequest, jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { isObject, readJson } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { SlidingWindow } from '../slidingWindow.mts';
import { kingdeeAccount as account, USERS } from './account.mts';
import type { KingdeeUser } from './account.mts';
import { readAuthorityInfo } from './authorityInfo.mts';
import { readDelete, readSave } from './bills.mts';
import { Complained, ERROR } from './complaint.mts';
import { text } from './fields.mts';
import { checkXApi, GATEWAY, gatewayReply } from './gateway.mts';
import { readHandling } from './handleOrder.mts';
import { LOG_IN_PATH, LogIn } from './logIn.mts';
import { Product } from './product.mts';
import type { ProductList } from './product.mts';
import { project, readListRequest, readProperties, select } from './query.mts';
import { KingdeeSettings } from './settings.mts';
import { Store } from './store.mts';
import type { AttachmentRecord } from './store.mts';
import { TempFiles } from './tempFiles.mts';
import type { DealRecord, Photo, Reference, WorkOrder } from './workOrder.mts';
import { appSignature } from './xApi.mts';

const DAY_MS = 24 * 3600 * 1000;
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

interface Route {
	method: string;
	answer: (call: Call) => Reply;
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
	readonly #product = new Product();
	readonly #logIn = new LogIn();
	#store = new Store();
	#tokens = new Map<string, Token>();
	#groupName = '';
	#idcDomain = '';
	#formerDomains = new Set<string>();
	#appSecret = '';

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
		this.#store = new Store();
		this.#product.clear();
		this.#logIn.clear();
		this.#tokens.clear();
		this.issueToken(account.accessToken);
		this.#groupName = account.groupName;
		this.#idcDomain = account.idcDomain;
		this.#formerDomains.clear();
		this.#appSecret = account.appSecret;
	}

	workOrders(): WorkOrder[] {
		return [...this.#store.orders.values()];
	}

	dealRecords(): DealRecord[] {
		return [...this.#store.dealRecords.values()];
	}

	attachments(): AttachmentRecord[] {
		return [...this.#store.attachments];
	}

	/** Records of an entity, as `loadData` answers them. */
	bills(entity: string): object[] {
		return [...this.#store.of(entity).values()];
	}

	/** A list of 星辰 v2; entries added to it are shown from now on. */
	productList(list: ProductList): Reference[] {
		return this.#product.list(list);
	}

	expireAppTokens(): void {
		this.#product.expireAppTokens();
	}

	/** What the log-in in a browser gives: a code that works once. */
	logIn(redirectUri: string = account.redirectUri, userId: string = account.userId): string {
		return this.#logIn.issueCode(redirectUri, userId, this.#now());
	}

	/** An order of now that nobody handled yet; `partial` overrides. */
	createWorkOrder(partial: Partial<WorkOrder> = {}): WorkOrder {
		return this.#store.createWorkOrder(partial, this.#now());
	}

	changeWorkOrder(id: string, patch: Partial<WorkOrder>): WorkOrder {
		const order = this.#store.orders.get(id);
		if (order === undefined) throw new Error(`No work order ${id}`);
		return Object.assign(order, patch, { id });
	}

	deleteWorkOrder(id: string): void {
		this.#store.orders.delete(id);
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
		try {
			return route.answer(call);
		} catch (error) {
			if (error instanceof Complained) return this.#fail(error.code, error.message);
			throw error;
		}
	}

	readonly #routes = new Map<string, Route>([
		this.#forUser('wg_crm/wg_handleBillBusinessApi', (body) => this.#handleOrder(body)),
		this.#forUser('wg_crm/commonApi', (body) => this.#commonApi(body)),
		this.#forUser('wg_cost/loadList', (body) => this.#loadList(body)),
		this.#forUser('wg_cost/loadData', (body) => this.#loadData(body)),
		this.#forUser('wg_cost/saveBill', (body) => this.#saveBill(body)),
		this.#forUser('wg_cost/deleteBill', (body) => this.#deleteBill(body)),
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
		[LOG_IN_PATH, { method: 'GET', answer: (call) => this.#exchangeCode(call) }],
		...Product.paths.map((path): [string, Route] => [
			path,
			{
				method: 'GET',
				answer: (call) =>
					this.#product.answer(call, this.#now(), {
						appTokenLifeMs: this.appTokenLifeMs,
						productListShape: this.productListShape,
						idcDomain: this.#idcDomain,
					}),
			},
		]),
	]);

	#now(): number {
		return this.#around.clock.now();
	}

	#forUser(path: string, answer: (body: JsonObject) => Reply): [string, Route] {
		return [`/weigusoft/${path}`, { method: 'POST', answer: (call) => this.#asUser(call, answer) }];
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
		const order = this.#store.orders.get(handling.id);
		if (order === undefined) return this.#fail(ERROR.missing, '服务工单不存在');
		if (order.billno !== handling.orderNo) {
			return this.#fail(ERROR.missing, 'orderNo与服务工单不一致');
		}
		const gone = [...handling.before, ...handling.after].find((photo) => this.#isGone(photo));
		if (gone !== undefined) return this.#fail(ERROR.missing, `附件${gone.name}已失效`);
		this.#store.handle(order, handling, this.#now());
		return this.#success('操作成功');
	}

	#withRows(body: JsonObject, answer: (rows: readonly object[]) => Reply): Reply {
		return answer([...this.#store.of(text(body, 'entityName')).values()]);
	}

	/** Creates a record, or changes the one of `data.id`; the answer's shape is unknown. */
	#saveBill(body: JsonObject): Reply {
		const save = readSave(body, (id) => this.#reference(id));
		const bill = this.#store.save(save, this.#now());
		const id: unknown = Reflect.get(bill, 'id');
		if (this.savedShape === 'text') return this.#success('操作成功');
		if (this.savedShape === 'id') return this.#success(id);
		return this.#success({ id, billno: Reflect.get(bill, 'billno') as unknown });
	}

	#reference(id: string): Reference | null {
		const lists = (['emp', 'department', 'customer'] as const).map((list) =>
			this.productList(list),
		);
		return lists.flat().find((entry) => entry.id === id) ?? null;
	}

	/** The answer equals that of the seed (sheet §3.1.2). */
	#deleteBill(body: JsonObject): Reply {
		const { entity, ids } = readDelete(body);
		this.#store.delete(entity, ids);
		return this.#success('操作成功');
	}

	/** Makes a record of an uploaded file (sheet §3.1); other values of `api_name` are not published. */
	#commonApi(body: JsonObject): Reply {
		if (text(body, 'api_name') !== 'api.LoadAttachmentFieldApi') {
			return this.#fail(ERROR.wrongFormat, 'api_name错误');
		}
		const { size } = body;
		if (!['bigint', 'number', 'string'].includes(typeof size) || !/^\d+$/.test(String(size))) {
			return this.#fail(ERROR.wrongType, 'size必须为数字');
		}
		const record = { url: text(body, 'url'), name: text(body, 'name'), size: String(size) };
		if (this.#isGone(record)) return this.#fail(ERROR.missing, `附件${record.name}已失效`);
		const id = this.#store.attach(record);
		return this.#success(this.attachmentShape === 'id' ? id : { id });
	}

	#isGone({ url }: Photo): boolean {
		return this.#files.isGone(this.#around.address(), url, this.#now(), this.tempFileLifeMs);
	}

	#exchangeCode(call: Call): Reply {
		return this.#logIn.answer(call, this.#now(), {
			codeLifeMs: this.codeLifeMs,
			logInShape: this.logInShape,
			issueToken: (userId) => this.issueToken(undefined, userId),
		});
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
				'app-token': this.#product.issueAppToken(this.#now()),
				// That weigusoft accepts this token is plausible, not documented (sheet §2.1c).
				access_token: this.issueToken(undefined, user.id),
				expires: this.#now() + this.tokenLifeMs,
				domain: this.#idcDomain,
			},
		});
	}
}
