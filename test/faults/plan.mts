import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox, Vendor } from '../../sandbox/index.mts';

/** A use of an operation on any number of items, each with a value of its own. */
export interface Plan {
	/** "ticket.getAll" */
	readonly name: string;
	/** With expressions over the item: see `OwnValues`. */
	readonly parameters: INodeParameters;
	/** A piece of the path of the call that changes something; absent where the operation only reads. */
	readonly writes?: string;
	/** Whether the result is the same for every item. */
	readonly alike?: true;
	/** Most items of a run. */
	readonly most?: number;
	/** Makes what the item is about. */
	readonly prepare?: (sandbox: Sandbox, own: OwnValues) => void;
	/** Gives the item a file. */
	readonly hasFile?: true;
}

/** What an item has for itself, and what is found again in calls and results. */
export interface OwnValues extends IDataObject {
	/** 19 digits: a number that takes part in calculations becomes another item's. */
	own: string;
	/** Two UUIDs that begin with it. */
	uuid: string;
	key: string;
}

export type Plans = Readonly<Record<Vendor, readonly Plan[]>>;

const PREFIX = '7306000';
const OWN = /7306000\d{12}/g;

function uuidOf(digits: string): string {
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function ownValues(number: number): OwnValues {
	const own = PREFIX + String(number).padStart(12, '0');
	return { own, uuid: uuidOf(own.padEnd(32, '0')), key: uuidOf(own.padEnd(32, '1')) };
}

/** The items whose values stand in a text. */
export function ownersIn(text: string): Set<string> {
	return new Set(text.replaceAll('-', '').match(OWN));
}

export function fileOf({ own }: OwnValues): IBinaryKeyData {
	const data = Buffer.from(`photo ${own}`).toString('base64');
	return { data: { data, mimeType: 'image/png', fileName: `${own}.png` } };
}
