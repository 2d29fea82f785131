import { randomBytes } from 'node:crypto';

import { seconds } from '../clock.mts';
import { fileReply, isJsonRequest, jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { isObject, readJson } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { kingsoftCloudAccount as account } from './account.mts';
import { attachmentAnswer, base, detail, listRow } from './answers.mts';
import { checkFields, closeFields, createFields, listFields, operateFields } from './fields.mts';
import type { Field } from './fields.mts';
import { readAttachments, readCustomers, readTags } from './input.mts';
import { blankTicket, PRODUCT_GROUPS, SEED_FILE, seedFileContent, seedTickets } from './seed.mts';
import { KingsoftCloudSettings } from './settings.mts';
import { sign } from './signature.mts';
import { ASSIGN_STATUS, STATUS } from './ticket.mts';
import type { Attachment, Ticket, TicketAssign } from './ticket.mts';

/** 10000 and 23000 are the vendor's (sheet §4); all others are the sandbox's own. */
const ERRNO = {
	ok: 10000,
	wrongSign: 14001,
	unknownAppId: 14002,
	staleTimestamp: 14003,
	missingHeader: 14004,
	invalidParameter: 22001,
	unknownTicket: 22004,
	notClosable: 23000,
	notCreator: 23001,
} as const;

const FILE_ADDRESS_LIFE_SECONDS = 600;
const PREFIX = '/workorder/api/ticket/';

export class KingsoftCloud extends KingsoftCloudSettings implements Service {
	readonly #around: Surroundings;
	#tickets = new Map<string, Ticket>();
	#files = new Map<string, { content: Buffer; contentType: string }>();
	#fileAddresses = new Map<string, { path: string; expiresAt: number }>();
	#nextId = 1500;
	#nextInnerId = 7000;

	constructor(around: Surroundings) {
		super();
		this.#around = around;
		this.reset();
	}

	reset(): void {
		Object.assign(this, new KingsoftCloudSettings());
		this.#tickets = new Map(seedTickets().map((ticket) => [ticket.id, ticket]));
		this.#files = new Map([
			[SEED_FILE.file_path, { content: seedFileContent(), contentType: SEED_FILE.file_type }],
		]);
		this.#fileAddresses.clear();
		this.#nextId = 1500;
		this.#nextInnerId = 7000;
	}

	/** Newest first, as `list_tickets` answers them. */
	tickets(): Ticket[] {
		return [...this.#tickets.values()].sort(
			(one, other) =>
				other.created_time - one.created_time || (BigInt(one.id) < BigInt(other.id) ? 1 : -1),
		);
	}

	/** A waiting ticket of now; `partial` overrides. */
	createTicket(partial: Partial<Ticket> = {}): Ticket {
		const id = partial.id ?? String(this.#nextId++);
		const ticket = { ...blankTicket(id, this.#now()), ...partial, id };
		this.#tickets.set(id, ticket);
		return ticket;
	}

	/** Sets `updated_time` to now unless the patch has one. */
	changeTicket(id: string, patch: Partial<Ticket>): Ticket {
		const ticket = this.#tickets.get(id);
		if (ticket === undefined) throw new Error(`No ticket ${id}`);
		return Object.assign(ticket, { updated_time: this.#now() }, patch, { id });
	}

	deleteTicket(id: string): void {
		this.#tickets.delete(id);
	}

	handle(call: Call): Reply {
		if (call.path.startsWith('/ks3/')) return this.#download(call);
		const route = this.#routes.get(call.path);
		if (route === undefined) return textReply(404, 'Not Found');
		if (!route.methods.includes(call.method)) return textReply(405, 'Method Not Allowed');
		return this.#checkSignature(call) ?? route.answer(call);
	}

	readonly #routes = new Map<string, { methods: string[]; answer: (call: Call) => Reply }>([
		[`${PREFIX}list_tickets`, { methods: ['POST', 'GET'], answer: (call) => this.#list(call) }],
		[`${PREFIX}base`, { methods: ['GET'], answer: (call) => this.#base(call) }],
		[`${PREFIX}detail`, { methods: ['GET'], answer: (call) => this.#detail(call) }],
		[`${PREFIX}reject_handle`, { methods: ['POST'], answer: (call) => this.#reject(call) }],
		[`${PREFIX}comment_ticket`, { methods: ['POST'], answer: (call) => this.#comment(call) }],
		[`${PREFIX}create`, { methods: ['POST'], answer: (call) => this.#create(call) }],
		[`${PREFIX}close_ticket`, { methods: ['POST'], answer: (call) => this.#close(call) }],
		[`${PREFIX}upload_file`, { methods: ['POST'], answer: (call) => this.#upload(call) }],
	]);

	#now(): number {
		return seconds(this.#around.clock.now());
	}

	#checkSignature(call: Call): Reply | null {
		const { appid, timestamp, sign: given } = call.headers;
		const refuse = (errno: number, errmsg: string) =>
			this.#fail(errno, errmsg, this.authFailureHttpStatus);
		if (!appid || !timestamp || !given) {
			return refuse(ERRNO.missingHeader, '鉴权失败：缺少AppId、Timestamp或Sign');
		}
		if (!/^(\d{10}|\d{13})$/.test(timestamp)) {
			return refuse(ERRNO.staleTimestamp, '鉴权失败：Timestamp只能是秒级或毫秒级');
		}
		if (appid !== account.appId) return refuse(ERRNO.unknownAppId, '鉴权失败：AppId不存在');
		const sentAt = Number(timestamp) * (timestamp.length === 10 ? 1000 : 1);
		if (Math.abs(sentAt - this.#around.clock.now()) > this.timestampWindowMs) {
			return refuse(ERRNO.staleTimestamp, '鉴权失败：Timestamp已过期');
		}
		const expected = sign(this.rule, {
			appId: account.appId,
			secret: account.secret,
			timestamp,
			method: call.method,
			path: call.path,
			query: call.rawUrl.split('?').slice(1).join('?'),
			body: call.body,
		});
		return given === expected ? null : refuse(ERRNO.wrongSign, '鉴权失败：Sign错误');
	}

	#envelope(errno: number, errmsg: string) {
		return { errno, errmsg, request_id: randomBytes(16).toString('hex') };
	}

	#ok(data: unknown): Reply {
		return jsonReply({ ...this.#envelope(ERRNO.ok, 'OK'), data });
	}

	#fail(errno: number, errmsg: string, status = this.failureHttpStatus): Reply {
		return jsonReply(this.#envelope(errno, errmsg), { status, refusal: `${errno} ${errmsg}` });
	}

	#invalid(what: string): Reply {
		return this.#fail(ERRNO.invalidParameter, `参数错误：${what}`);
	}

	#withBody(call: Call, fields: Record<string, Field>, answer: (body: JsonObject) => Reply): Reply {
		if (!isJsonRequest(call)) return this.#invalid('Content-Type 必须为 application/json');
		const body = readJson(call.body);
		if (!isObject(body)) return this.#invalid('请求体不是JSON对象');
		const wrong = checkFields(body, fields);
		return wrong === null ? answer(body) : this.#invalid(wrong);
	}

	#withQueryTicket(call: Call, answer: (ticket: Ticket) => Reply): Reply {
		const id = call.query['id'] ?? '';
		return /^\d{1,19}$/.test(id)
			? this.#withTicket(BigInt(id), answer)
			: this.#invalid('id 必须为整数');
	}

	#withTicket(id: Json | undefined, answer: (ticket: Ticket) => Reply): Reply {
		const ticket = this.#tickets.get(String(id));
		return ticket === undefined ? this.#fail(ERRNO.unknownTicket, '工单不存在') : answer(ticket);
	}

	#list(call: Call): Reply {
		if (call.method === 'GET') {
			// A GET consumes JSON too (seed); filters in the query are not described.
			if (Object.keys(call.query).length > 0) return this.#invalid('筛选条件只能放在请求体');
			if (call.body === '') return this.#page({});
		}
		return this.#withBody(call, listFields, (body) => this.#page(body));
	}

	#page(body: JsonObject): Reply {
		const rows = this.tickets().filter((ticket) => this.#passes(ticket, body));
		const page = Number(body['page'] ?? 1);
		const pageSize = Math.min(Number(body['page_size'] ?? 10), this.maxPageSize);
		return this.#ok({
			pagination: { page_size: pageSize, total: rows.length },
			tickets: rows
				.slice((page - 1) * pageSize, page * pageSize)
				.map((ticket) => listRow(ticket, this.listStatusAs)),
		});
	}

	/** 0, "" and [] filter nothing: the sample sends them for everything (sheet §3.1: unknown). */
	#passes(ticket: Ticket, body: JsonObject): boolean {
		const same = (name: string, value: number | string) =>
			!body[name] || String(body[name]) === String(value);
		const groups = body['product_group_id'];
		const customer = String(body['customer_organization_name'] ?? '');
		return (
			(!body['created_start'] ||
				BigInt(ticket.created_time) >= BigInt(String(body['created_start']))) &&
			(!body['created_end'] ||
				BigInt(ticket.created_time) <= BigInt(String(body['created_end']))) &&
			same('creator_id', ticket.creator_id) &&
			same('status', ticket.status) &&
			same('type', ticket.type) &&
			same('sub_type', ticket.sub_type) &&
			same('second_subtype', ticket.second_subtype) &&
			(!Array.isArray(groups) ||
				groups.length === 0 ||
				groups.some((group) => String(group) === ticket.product_group_id)) &&
			(customer === '' ||
				(this.customerNameMatch === 'exact'
					? ticket.customer_organization_name === customer
					: ticket.customer_organization_name.includes(customer)))
		);
	}

	#base(call: Call): Reply {
		return this.#withQueryTicket(call, (ticket) => this.#ok(base(ticket)));
	}

	#detail(call: Call): Reply {
		return this.#withQueryTicket(call, (ticket) =>
			this.#ok(detail(ticket, (file) => this.#publish(file))),
		);
	}

	#reject(call: Call): Reply {
		return this.#operate(call, ASSIGN_STATUS.rejected);
	}

	#comment(call: Call): Reply {
		return this.#operate(call, null);
	}

	#create(call: Call): Reply {
		return this.#withBody(call, createFields, (body) => {
			const attachment = readAttachments(body['attachment']);
			const missing = this.#missingFile(attachment);
			if (missing !== null) return missing;
			const groupId = String(body['repository_product_id']);
			const groupName = PRODUCT_GROUPS[groupId] ?? '';
			const ticket = this.createTicket({
				title: String(body['title']),
				detail: String(body['detail']),
				reported_time: Number(body['reported_time']),
				type: Number(body['type']),
				priority: Number(body['priority']),
				customer_organization_id: String(body['customer_organization_id']),
				customer_organization_name: String(body['customer_organization_name']),
				product_group_id: groupId,
				product_group_name: groupName,
				creator_id: String(body['creator_id']),
				creator_name: String(body['creator_name']),
				tags: readTags(body['tags'], this.#now()),
				customer_info: readCustomers(body['customer_info']),
				attachment,
				need_process: body['need_process'] === true,
				relate_to_ticket_id: String(body['relate_to_ticket_id'] ?? '0'),
				use_relate_status: body['use_relate_status'] === true,
				sub_type: String(body['sub_type'] ?? '0'),
				second_subtype: String(body['second_subtype'] ?? '0'),
			});
			ticket.customer_user_id = ticket.customer_info[0]?.user_id ?? '';
			this.#assignOf(ticket, groupId);
			return this.#ok({ id: BigInt(ticket.id) });
		});
	}

	#close(call: Call): Reply {
		return this.#withBody(call, closeFields, (body) =>
			this.#withTicket(body['id'], (ticket) => {
				if (ticket.status === STATUS.closed || ticket.status === STATUS.cancelled) {
					return this.#fail(ERRNO.notClosable, '工单状态不允许关闭');
				}
				if (String(body['closer_id']) !== ticket.creator_id) {
					return this.#fail(ERRNO.notCreator, '仅工单的创建人可关闭工单');
				}
				const files = readAttachments(body['handle_attachment']);
				const missing = this.#missingFile(files);
				if (missing !== null) return missing;
				this.changeTicket(ticket.id, {
					status: STATUS.closed,
					closed_time: this.#now(),
					solved_time: Number(body['solved_time']),
					// Here "cause located"; whether it is the column read back as "solved" is unknown.
					is_solved: body['is_solved'] === true,
					handle_attachment: files,
				});
				this.#addHistory(ticket, ticket.product_group_id, String(body['detail'] ?? ''), {
					id: String(body['closer_id']),
					name: String(body['closer_name']),
				});
				// The close answer has no `data` (seed).
				return jsonReply(this.#envelope(ERRNO.ok, 'OK'));
			}),
		);
	}

	#operate(call: Call, assignStatus: number | null): Reply {
		return this.#withBody(call, operateFields, (body) =>
			this.#withTicket(body['id'], (ticket) => {
				const groupId = String(body['productGroupId'] || ticket.product_group_id);
				// The request names nobody, so the history does not either.
				const assign = this.#addHistory(ticket, groupId, String(body['detail'] ?? ''), {
					id: '0',
					name: '',
				});
				if (assignStatus !== null) assign.status = assignStatus;
				this.changeTicket(ticket.id, { updated_progress_time: this.#now() });
				return this.#ok({});
			}),
		);
	}

	#addHistory(
		ticket: Ticket,
		groupId: string,
		text: string,
		actor: { id: string; name: string },
	): TicketAssign {
		const assign = this.#assignOf(ticket, groupId);
		assign.updated_time = this.#now();
		assign.history.push({
			id: String(this.#nextInnerId++),
			// The action numbers stand in a "ticket dictionary" that is not public.
			action: 0,
			created_time: this.#now(),
			creator_id: actor.id,
			creator_name: actor.name,
			creator_product_group_id: groupId,
			creator_user_group_id: '0',
			detail: text,
		});
		return assign;
	}

	#assignOf(ticket: Ticket, groupId: string): TicketAssign {
		const known = ticket.assigns.find((assign) => assign.product_group_id === groupId);
		if (known !== undefined) return known;
		const created: TicketAssign = {
			id: String(this.#nextInnerId++),
			product_group_id: groupId,
			product_group_name: PRODUCT_GROUPS[groupId] ?? '',
			user_group_id: '0',
			user_id: '0',
			user_name: '',
			manager_name: '',
			is_handler: false,
			status: ASSIGN_STATUS.waiting,
			created_time: this.#now(),
			handled_time: 0,
			finished_time: 0,
			updated_time: this.#now(),
			history: [],
		};
		ticket.assigns.push(created);
		return created;
	}

	#missingFile(files: Attachment[]): Reply | null {
		const unknown = files.find((file) => !this.#files.has(file.file_path));
		return unknown === undefined ? null : this.#invalid(`file_path ${unknown.file_path} 未上传`);
	}

	#upload(call: Call): Reply {
		const part = call.parts.find(({ name }) => name === 'file');
		if (part === undefined || part.fileName === null) return this.#invalid('file 不能为空');
		const file: Attachment = {
			author: this.uploadAuthor,
			file_name: part.fileName,
			file_path: `workorder/${this.uploadAuthor}/${randomBytes(16).toString('hex')}`,
			file_size: String(part.content.length),
			file_type: part.contentType ?? 'application/octet-stream',
		};
		this.#files.set(file.file_path, { content: part.content, contentType: file.file_type });
		return this.#ok(attachmentAnswer(file));
	}

	#publish(file: Attachment): string {
		const key = randomBytes(16).toString('hex');
		const expiresAt = this.#now() + FILE_ADDRESS_LIFE_SECONDS;
		this.#fileAddresses.set(key, { path: file.file_path, expiresAt });
		const host = this.fileAddress === '' ? this.#around.address() : this.fileAddress;
		return `${host}/ks3/${file.file_path}?Expires=${expiresAt}&Signature=${key}`;
	}

	#download(call: Call): Reply {
		const address = this.#fileAddresses.get(call.query['Signature'] ?? '');
		if (address === undefined || call.path !== `/ks3/${address.path}`) {
			return textReply(403, 'SignatureDoesNotMatch');
		}
		if (address.expiresAt <= this.#now()) return textReply(403, 'Request has expired');
		const file = this.#files.get(address.path);
		return file === undefined
			? textReply(404, 'NoSuchKey')
			: fileReply(file.content, file.contentType);
	}
}
