import { readChinaText } from '../clock.mts';
import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { Complained } from './complaint.mts';

// Readers of request fields; each throws Complained with the name of the field.

export function text(from: JsonObject, name: string): string {
	const value = from[name];
	if (value === undefined || value === null || value === '') {
		throw new Complained('empty', `${name}不能为空`);
	}
	if (typeof value !== 'string') throw new Complained('wrongType', `${name}必须为字符串`);
	return value;
}

export function idText(from: JsonObject, name: string): string {
	const value = text(from, name);
	if (!/^\d+$/.test(value)) throw new Complained('wrongFormat', `${name}格式错误`);
	return value;
}

export function dateText(from: JsonObject, name: string): string {
	const value = text(from, name);
	if (readChinaText(value) === null) throw new Complained('wrongFormat', `${name}格式错误`);
	return value;
}

export function optionalText(from: JsonObject, name: string): string {
	const value = from[name] ?? '';
	if (typeof value !== 'string') throw new Complained('wrongType', `${name}必须为字符串`);
	return value;
}

export function optionalNumber(from: JsonObject, name: string): number {
	const value: Json = from[name] ?? 0;
	if (typeof value !== 'number' && typeof value !== 'bigint') {
		throw new Complained('wrongType', `${name}必须为数字`);
	}
	return Number(value);
}

export function rows(from: JsonObject, name: string): JsonObject[] {
	const value = from[name] ?? [];
	if (!Array.isArray(value)) throw new Complained('wrongType', `${name}必须为数组`);
	return value.map((row) => {
		if (!isObject(row)) throw new Complained('wrongType', `${name}必须为对象数组`);
		return row;
	});
}
