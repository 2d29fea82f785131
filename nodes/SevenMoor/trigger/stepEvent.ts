import { contentHash } from '../../../credentials/signing/sevenMoor';
import type { VendorEvent } from '../../../lib/events';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';
import { endOfStep, toWorkOrder } from '../workOrder';

export type StepEvent = VendorEvent<'stepReached'>;

/** No push is as deep; deeper ones only serve to exhaust what reads them. */
const DEEPEST = 50;

function deeperThan(value: JsonValue, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => deeperThan(inner, levels - 1));
}

function parsed(body: Uint8Array): JsonValue | undefined {
	try {
		return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		return undefined;
	}
}

/** The object in the body of a push; undefined where there is none with a work-order id. */
export function readPush(body: Uint8Array): JsonObject | undefined {
	const push = parsed(body);
	if (!isJsonObject(push) || deeperThan(push, DEEPEST)) return undefined;
	const { _id: id } = push;
	const named = typeof id === 'number' || (typeof id === 'string' && id.trim() !== '');
	return named ? push : undefined;
}

/** A push has no delivery id and no time of its own, so its content names it (sheet 7moor §6). */
export function stepEvent(push: JsonObject, body: Uint8Array): StepEvent {
	const workOrder = toWorkOrder(push);
	return {
		id: `sevenMoor:${workOrder.id}:stepReached:${contentHash(body)}`,
		event: 'stepReached',
		occurredAt: endOfStep(push),
		workOrder,
		changes: {},
		raw: push,
	};
}

export interface StepFilter {
	/** Empty: any. */
	readonly stepNames: readonly string[];
	readonly actionNames: readonly string[];
}

export function passes(push: JsonObject, filter: StepFilter): boolean {
	const among = (names: readonly string[], value: JsonValue | undefined) =>
		names.length === 0 || names.includes(textOrNull(value)?.trim() ?? '');
	return among(filter.stepNames, push.stepName) && among(filter.actionNames, push.action);
}
