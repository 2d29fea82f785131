import { readChinaText } from '../clock.mts';
import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import type { Photo } from './workOrder.mts';

/** A `handle-order` request that passed every rule of the seed. */
export interface Handling {
	id: string;
	orderNo: string;
	start: string;
	end: string;
	handler: string;
	department: string;
	state: 'F' | 'G' | 'H';
	progress: number;
	reason: string;
	scheme: string;
	result: string;
	note: string;
	hours: number;
	helpers: string[];
	address: string;
	before: Photo[];
	after: Photo[];
}

/** `code` is one of the documented business codes (sheet §4.3); that weigusoft uses them is inferred. */
export interface Complaint {
	code: string;
	message: string;
}

const EMPTY = '1030002000';
const WRONG_TYPE = '1030002001';
const WRONG_FORMAT = '1030002006';

class Complained extends Error {
	readonly complaint: Complaint;

	constructor(code: string, message: string) {
		super(message);
		this.complaint = { code, message };
	}
}

export function readHandling(request: JsonObject): Handling | Complaint {
	try {
		return read(request);
	} catch (error) {
		if (error instanceof Complained) return error.complaint;
		throw error;
	}
}

export const isComplaint = (value: object): value is Complaint => 'code' in value;

function read(request: JsonObject): Handling {
	if (typeof request['entity'] !== 'string') throw new Complained(EMPTY, 'entity不能为空');
	if (text(request, 'flag') !== 'handle-order') throw new Complained(WRONG_FORMAT, 'flag错误');
	const id = idText(request, 'id');
	for (const name of ['pageindex', 'pagesize']) optionalNumber(request, name);
	// The table says `body`, both samples send an object named `body_` (seed).
	const body = request['body_'];
	if (body === undefined) throw new Complained(EMPTY, 'body_不能为空');
	if (!isObject(body)) throw new Complained(WRONG_TYPE, 'body_必须为对象');

	const start = dateText(body, 'handlesdate');
	const end = dateText(body, 'handleedate');
	if (end < start) throw new Complained(WRONG_FORMAT, 'handleedate不能早于handlesdate');
	const state = text(body, 'wxztid');
	if (state !== 'F' && state !== 'G' && state !== 'H') {
		throw new Complained(WRONG_FORMAT, 'wxztid只能为F、H、G');
	}
	if (text(body, 'combofield') !== state) {
		throw new Complained(WRONG_FORMAT, 'combofield与wxztid不一致');
	}
	const progress = text(body, 'processid');
	if (!/^\d+(\.\d+)?$/.test(progress)) {
		throw new Complained(WRONG_FORMAT, 'processid不能小于0');
	}
	for (const name of ['lat', 'lgt']) optionalText(body, name);
	return {
		id,
		orderNo: text(body, 'orderNo'),
		start,
		end,
		handler: idText(body, 'handlemanid'),
		department: idText(body, 'handledeptid'),
		state,
		progress: Number(progress),
		reason: idText(body, 'wtyyid'),
		scheme: idText(body, 'clfaid'),
		result: idText(body, 'cljgid'),
		note: optionalText(body, 'clsmid'),
		hours: optionalNumber(body, 'diff'),
		helpers: rows(body, 'labs').map((row) => idText(row, 'id')),
		address: optionalText(body, 'handleAddress'),
		before: photos(body, 'attmentInforspre'),
		after: photos(body, 'attmentInforsafter'),
	};
}

function text(from: JsonObject, name: string): string {
	const value = from[name];
	if (value === undefined || value === null || value === '') {
		throw new Complained(EMPTY, `${name}不能为空`);
	}
	if (typeof value !== 'string') throw new Complained(WRONG_TYPE, `${name}必须为字符串`);
	return value;
}

function idText(from: JsonObject, name: string): string {
	const value = text(from, name);
	if (!/^\d+$/.test(value)) throw new Complained(WRONG_FORMAT, `${name}格式错误`);
	return value;
}

function dateText(from: JsonObject, name: string): string {
	const value = text(from, name);
	if (readChinaText(value) === null) throw new Complained(WRONG_FORMAT, `${name}格式错误`);
	return value;
}

function optionalText(from: JsonObject, name: string): string {
	const value = from[name] ?? '';
	if (typeof value !== 'string') throw new Complained(WRONG_TYPE, `${name}必须为字符串`);
	return value;
}

function optionalNumber(from: JsonObject, name: string): number {
	const value: Json = from[name] ?? 0;
	if (typeof value !== 'number' && typeof value !== 'bigint') {
		throw new Complained(WRONG_TYPE, `${name}必须为数字`);
	}
	return Number(value);
}

function rows(from: JsonObject, name: string): JsonObject[] {
	const value = from[name] ?? [];
	if (!Array.isArray(value)) throw new Complained(WRONG_TYPE, `${name}必须为数组`);
	return value.map((row) => {
		if (!isObject(row)) throw new Complained(WRONG_TYPE, `${name}必须为对象数组`);
		return row;
	});
}

function photos(from: JsonObject, name: string): Photo[] {
	return rows(from, name).map((row) => ({ url: text(row, 'url'), name: text(row, 'name') }));
}
