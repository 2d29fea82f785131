import { isObject } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { Complained } from './complaint.mts';
import { dateText, idText, optionalNumber, optionalText, rows, text } from './fields.mts';
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

/**
 * Checks a `handle-order` request by the table and the samples of the seed.
 *
 * @throws Complained
 */
export function readHandling(request: JsonObject): Handling {
	if (typeof request['entity'] !== 'string') throw new Complained('empty', 'entity不能为空');
	if (text(request, 'flag') !== 'handle-order') throw new Complained('wrongFormat', 'flag错误');
	const id = idText(request, 'id');
	for (const name of ['pageindex', 'pagesize']) optionalNumber(request, name);
	// The table says `body`, both samples send an object named `body_` (seed).
	const body = request['body_'];
	if (body === undefined) throw new Complained('empty', 'body_不能为空');
	if (!isObject(body)) throw new Complained('wrongType', 'body_必须为对象');

	const start = dateText(body, 'handlesdate');
	const end = dateText(body, 'handleedate');
	if (end < start) throw new Complained('wrongFormat', 'handleedate不能早于handlesdate');
	const state = text(body, 'wxztid');
	if (state !== 'F' && state !== 'G' && state !== 'H') {
		throw new Complained('wrongFormat', 'wxztid只能为F、H、G');
	}
	if (text(body, 'combofield') !== state) {
		throw new Complained('wrongFormat', 'combofield与wxztid不一致');
	}
	const progress = text(body, 'processid');
	if (!/^\d+(\.\d+)?$/.test(progress)) {
		throw new Complained('wrongFormat', 'processid不能小于0');
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

function photos(from: JsonObject, name: string): Photo[] {
	return rows(from, name).map((row) => ({ url: text(row, 'url'), name: text(row, 'name') }));
}
