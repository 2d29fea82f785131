import { randomUUID } from 'node:crypto';

import { chinaText } from '../clock.mts';
import { deliver } from '../deliver.mts';
import type { Delivery } from '../deliver.mts';
import { isJsonRequest, jsonReply, textReply } from '../http.mts';
import type { Call, Reply, Service, Surroundings } from '../http.mts';
import { isObject, readJson, writeJson } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { SlidingWindow } from '../slidingWindow.mts';
import { secrets, sevenMoorAccount } from './account.mts';
import { seedSkillGroups } from './agents.mts';
import type { SkillGroup } from './agents.mts';
import {
	depth,
	isUuid,
	keys,
	readCascade,
	readHeaders,
	readName,
	readOptions,
	siblingsUnique,
	withLevels,
} from './dictionary.mts';
import type { Dictionary } from './dictionary.mts';
import { outflow } from './outflow.mts';
import type { Outflow, OutflowVersion } from './outflow.mts';
import { seedDictionary, UPDATE_USER } from './seed.mts';
import { SevenMoorSettings } from './settings.mts';
import { readAuthorization, readTimestamp, signature } from './signature.mts';

/** All from the seed. */
const MESSAGES = {
	invalid: '格式无效，修改失败',
	exists: 'this dictionary id or name is exist',
	notFound: 'Please check your parameters, not found this dictionary',
	noneEnabled: '字典项第一级至少有一个启用',
} as const;

const SIGNATURE_WINDOW_MS = 5 * 60 * 1000;
const PATH = /^\/(v\d{8}\/\w+\/\w+)\/([^/]+)$/;

type Action = 'query' | 'add' | 'update' | 'queue' | 'inflow';

const ACTIONS = new Map<string, Action>([
	['v20210827/business/queryDictionary', 'query'],
	['v20210827/business/addDictionary', 'add'],
	['v20210827/business/updateDictionary', 'update'],
	['v20210827/user/queryQueue', 'queue'],
	['v20170704/business/handleBusiness', 'inflow'],
]);

/** Their answers are described without `success` (sheet §3.2, §3.4). */
const WITHOUT_SUCCESS: readonly Action[] = ['queue', 'inflow'];

type DictionaryContent = Pick<Dictionary, 'name' | 'cascade' | 'headers' | 'options'>;

export interface OutflowPushOptions {
	version?: OutflowVersion;
}

export class SevenMoor extends SevenMoorSettings implements Service {
	readonly #around: Surroundings;
	readonly #calls = new SlidingWindow(60 * 1000);
	#dictionaries: Dictionary[] = [];
	#skillGroups: SkillGroup[] = [];
	#inflow: JsonObject[] = [];

	constructor(around: Surroundings) {
		super();
		this.#around = around;
		this.reset();
	}

	reset(): void {
		Object.assign(this, new SevenMoorSettings());
		this.#calls.clear();
		this.#dictionaries = [seedDictionary()];
		this.#skillGroups = seedSkillGroups();
		this.#inflow = [];
	}

	dictionaries(): Dictionary[] {
		return [...this.#dictionaries];
	}

	/** A one-level dictionary of now; `partial` overrides. No rule is checked. */
	createDictionary(partial: Partial<Dictionary> = {}): Dictionary {
		const now = chinaText(this.#around.clock.now());
		const dictionary: Dictionary = {
			_id: randomUUID(),
			accountId: sevenMoorAccount.accountId,
			name: `字典${this.#dictionaries.length + 1}`,
			cascade: '1',
			headers: ['一级标题'],
			createTime: now,
			biUpdateTime: now,
			options: [{ name: '选项', key: randomUUID(), state: '2', options: [] }],
			updateTimeArr: [],
			...partial,
		};
		this.#dictionaries.push(dictionary);
		return dictionary;
	}

	deleteDictionary(id: string): void {
		this.#dictionaries = this.#dictionaries.filter(({ _id }) => _id !== id);
	}

	/** Bodies of the accepted handleBusiness calls; integers are bigints. */
	inflow(): JsonObject[] {
		return [...this.#inflow];
	}

	/** Sends a work-order outflow; 7moor signs nothing there (sheet §6). */
	async push(
		url: string,
		partial: Partial<Outflow> = {},
		options: OutflowPushOptions = {},
	): Promise<Delivery> {
		const object = { ...outflow(this.#around.clock.now(), options.version ?? 'http'), ...partial };
		return await deliver('POST', url, writeJson(object));
	}

	handle(call: Call): Reply {
		const [, path = '', accountId = ''] = PATH.exec(call.path) ?? [];
		const action = ACTIONS.get(path);
		if (action === undefined) return textReply(404, 'Not Found');
		// Every call is a POST, also reads (sheet §2.1).
		if (call.method !== 'POST') return textReply(405, 'Method Not Allowed');
		const refusal =
			this.#checkSignature(call, action, accountId) ?? this.#checkLimit(action, accountId);
		if (refusal !== null) return refusal;
		if (call.body === '' && action === 'query') return this.#query(accountId, {});
		const body = isJsonRequest(call) ? readJson(call.body) : undefined;
		if (!isObject(body)) return this.#refuse(action, 400, MESSAGES.invalid);
		switch (action) {
			case 'query':
				return this.#query(accountId, body);
			case 'add':
				return this.#add(accountId, body);
			case 'update':
				return this.#update(accountId, body);
			case 'queue':
				return this.#queue(body);
			case 'inflow':
				return this.#handleBusiness(body);
		}
	}

	/** The texts beside 403 are the sandbox's own: the vendor's are unknown. */
	#checkSignature(call: Call, action: Action, accountId: string): Reply | null {
		const refuse = (message: string) => this.#refuse(action, 403, message);
		const secret = secrets.get(accountId);
		if (secret === undefined) return refuse('account is not exist');
		const authorization = readAuthorization(call.headers['authorization'] ?? '');
		if (authorization === null) return refuse('Authorization format error');
		if (authorization.accountId !== accountId) return refuse('Authorization account error');
		const sentAt = readTimestamp(authorization.timestamp);
		if (sentAt === null || Math.abs(sentAt - this.#around.clock.now()) > SIGNATURE_WINDOW_MS) {
			return refuse('timestamp is expired');
		}
		return call.query['sig'] === signature(accountId, secret, authorization.timestamp)
			? null
			: refuse('sig error');
	}

	#checkLimit(action: Action, accountId: string): Reply | null {
		const key = `${action} ${accountId}`;
		const now = this.#around.clock.now();
		if (this.#calls.count(key, now) >= this.#limitOf(action)) {
			return this.#refuse(action, this.limitCode, 'request too frequently', this.limitHttpStatus);
		}
		this.#calls.add(key, now);
		return null;
	}

	#limitOf(action: Action): number {
		if (action === 'queue') return this.queueLimitPerMinute;
		return action === 'inflow' ? this.inflowLimitPerMinute : this.limitPerMinute;
	}

	/** A refusal in the form of the call; `why` is for the ledger only. */
	#refuse(
		action: Action,
		code: number,
		message: string,
		status = code === 403 ? this.authFailureHttpStatus : this.failureHttpStatus,
		why = message,
	): Reply {
		const success = WITHOUT_SUCCESS.includes(action) ? {} : { success: false };
		return jsonReply({ code, ...success, message }, { status, refusal: `${code} ${why}` });
	}

	#ok(): Reply {
		return jsonReply({ code: 200, success: true, message: 'success!' });
	}

	#fail(message: string, why = message): Reply {
		return this.#refuse('update', 400, message, this.failureHttpStatus, why);
	}

	#query(accountId: string, body: JsonObject): Reply {
		const { _id: id = '', name = '', page = 1n, pageSize = 10n } = body;
		if (typeof id !== 'string' || typeof name !== 'string') {
			return this.#fail(MESSAGES.invalid, '_id and name are strings');
		}
		if (typeof page !== 'bigint' || typeof pageSize !== 'bigint' || page < 1n || pageSize < 1n) {
			return this.#fail(MESSAGES.invalid, 'page and pageSize are numbers from 1');
		}
		const found = this.#dictionaries.filter(
			(dictionary) =>
				dictionary.accountId === accountId &&
				(id === '' || dictionary._id === id) &&
				(name === '' ||
					(this.nameMatch === 'exact' ? dictionary.name === name : dictionary.name.includes(name))),
		);
		const size = Math.min(Number(pageSize), this.maxPageSize);
		const start = (Number(page) - 1) * size;
		return jsonReply({
			code: 200,
			success: true,
			message: 'success!',
			list: found
				.slice(start, start + size)
				.map((dictionary) => ({ ...dictionary, options: withLevels(dictionary.options) })),
			count: found.length,
		});
	}

	#add(accountId: string, body: JsonObject): Reply {
		const id = body['_id'];
		if (!isUuid(id)) return this.#fail(MESSAGES.invalid, '_id is not a UUID');
		const candidate = this.#read(body);
		if (typeof candidate === 'string') return this.#fail(MESSAGES.invalid, candidate);
		const exists = this.#of(accountId).some(
			(dictionary) => dictionary._id === id || dictionary.name === candidate.name,
		);
		if (exists) return this.#fail(MESSAGES.exists);
		const refusal = this.#checkTree(candidate, this.#of(accountId));
		if (refusal !== null) return refusal;
		this.createDictionary({ ...candidate, _id: id, accountId });
		// Text "200" and "true" here, number and boolean elsewhere (seed).
		return jsonReply({ code: '200', success: 'true', message: 'success!' });
	}

	#update(accountId: string, body: JsonObject): Reply {
		const dictionary = this.#of(accountId).find(({ _id }) => _id === body['_id']);
		if (dictionary === undefined) return this.#fail(MESSAGES.notFound);
		const candidate = this.#read(body, dictionary);
		if (typeof candidate === 'string') return this.#fail(MESSAGES.invalid, candidate);
		const others = this.#of(accountId).filter((other) => other !== dictionary);
		if (others.some(({ name }) => name === candidate.name)) return this.#fail(MESSAGES.exists);
		const refusal = this.#checkTree(candidate, others);
		if (refusal !== null) return refusal;
		const now = chinaText(this.#around.clock.now());
		// The tree is replaced as a whole (inferred, sheet §3.1).
		Object.assign(dictionary, candidate, { biUpdateTime: now });
		dictionary.updateTimeArr.push({ updateTime: now, updateUser: UPDATE_USER });
		return this.#ok();
	}

	/** Both fields are required (sheet §3.4). */
	#queue({ exten, type }: JsonObject): Reply {
		const invalid = (message: string) => this.#refuse('queue', 400, message);
		if (typeof exten !== 'string' || exten === '') return invalid('exten is required');
		if (type !== 'im' && type !== 'call') return invalid('type must be im or call');
		const known = this.#skillGroups.some((group) => group.agent === exten);
		if (!known && this.unknownAgent === 'refused') return invalid('exten is not exist');
		const list = this.#skillGroups
			.filter((group) => group.agent === exten && group.type === type)
			.map(({ displayName, exten: number, updateTime, penalty }) => ({
				displayName,
				exten: number,
				updateTime,
				penalty,
			}));
		return jsonReply({ code: 200, message: 'success', count: list.length, list });
	}

	/** The body is not public (sheet §3.2): any JSON object that is not empty will do. */
	#handleBusiness(body: JsonObject): Reply {
		if (Object.keys(body).length === 0) return this.#refuse('inflow', 400, 'parameter error');
		this.#inflow.push(body);
		return jsonReply({ code: 200, message: 'ok' });
	}

	#of(accountId: string): Dictionary[] {
		return this.#dictionaries.filter((dictionary) => dictionary.accountId === accountId);
	}

	/** The writable fields of `body`, absent ones from `current`; a text says what is wrong. */
	#read(body: JsonObject, current?: DictionaryContent): DictionaryContent | string {
		const kept = (field: string) => (body[field] === undefined ? current : undefined);
		const name = kept('name')?.name ?? readName(body['name']);
		const cascade = kept('cascade')?.cascade ?? readCascade(body['cascade']);
		const headers = kept('headers')?.headers ?? readHeaders(body['headers']);
		const options = kept('options')?.options ?? readOptions(body['options']);
		if (name === null) return 'name is empty or not a string';
		if (cascade === null) return 'cascade is not a digit string';
		if (headers === null) return 'headers is not an array of non-empty strings';
		if (options === null) return 'options is not a tree of {name, key, state, options}';
		return { name, cascade, headers, options };
	}

	#checkTree({ cascade, headers, options }: DictionaryContent, others: Dictionary[]): Reply | null {
		const invalid = (why: string) => this.#fail(MESSAGES.invalid, why);
		if (headers.length !== Number(cascade)) return invalid('headers and cascade differ');
		if (depth(options) > Number(cascade)) return invalid('options are deeper than cascade');
		if (!siblingsUnique(options)) return invalid('two siblings share a name');
		const own = keys(options);
		const taken = new Set(others.flatMap((other) => keys(other.options)));
		if (new Set(own).size !== own.length || own.some((key) => taken.has(key))) {
			return invalid('a key is used twice');
		}
		if (this.requireEnabled && !options.some(({ state }) => state === '2')) {
			return this.#fail(MESSAGES.noneEnabled);
		}
		return null;
	}
}
