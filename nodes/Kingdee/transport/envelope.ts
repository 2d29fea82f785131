import { objectIn, type Refusal } from '../../../lib/answers';
import type { VendorAnswer, VendorRequest } from '../../../lib/exchange';
import type { JsonObject } from '../../../lib/json';
import { firstText } from '../../../lib/workOrder';
import type { Layer } from './endpoints';
import { adviceFor } from './refusals';

type Kind = VendorRequest['kind'];

/** Kingdee's layers name the code and the text differently (sheet kingdee §4.1). */
const codeNames = ['errorCode', 'errcode', 'error_code', 'code'];
const textNames = ['message', 'description', 'error_desc', 'msg', 'data'];

const isTrue = (value: unknown) => value === true || value === 'true';
const isCode = (envelope: JsonObject, name: string, code: string) =>
	String(envelope[name]) === code;

const successes: Record<Layer, (envelope: JsonObject) => boolean> = {
	weigusoft: (envelope) => isTrue(envelope.success) && isCode(envelope, 'errorCode', 'success'),
	product: (envelope) => isCode(envelope, 'errcode', '0'),
	// Real answers carry code and msg, the documentation's table errcode (sheet kingdee §2.3a).
	connector: (envelope) => isCode(envelope, 'code', '200') || isCode(envelope, 'errcode', '0'),
};

export function succeeded(envelope: JsonObject, layer: Layer): boolean {
	return successes[layer](envelope);
}

function codeNameIn(envelope: JsonObject): string | undefined {
	return codeNames.find((name) => firstText(envelope, [name]) !== null);
}

/** The vendor's code; empty where it gives none. */
export function codeIn(envelope: JsonObject): string {
	return firstText(envelope, codeNames) ?? '';
}

/** The router refused to pass the call on: nothing reached Kingdee (sheet kingdee §2.3d). */
export function foundNoRoute(answer: VendorAnswer): boolean {
	return answer.status === 404 && objectIn(answer) === undefined;
}

/** What an envelope that is no success says; undefined where it contradicts itself. */
export function refusalIn(envelope: JsonObject, kind: Kind): Refusal | undefined {
	const name = codeNameIn(envelope);
	if (name === undefined || isTrue(envelope.success) || envelope[name] === 'success') {
		return undefined;
	}
	const code = String(envelope[name]);
	return {
		...adviceFor(code, kind),
		text: firstText(envelope, textNames) ?? '',
		code: `${name} ${code}`,
	};
}

/** What a router's answer without JSON says; undefined where it is another page. */
export function plainRefusalIn(answer: VendorAnswer, kind: Kind): Refusal | undefined {
	if (foundNoRoute(answer)) {
		return { ...adviceFor('noRoute', kind), text: 'No Route', code: `HTTP ${answer.status}` };
	}
	return answer.status === 502
		? { ...adviceFor('moved', kind), text: 'Bad Gateway', code: `HTTP ${answer.status}` }
		: undefined;
}
