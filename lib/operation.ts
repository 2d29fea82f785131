import type { IBinaryKeyData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { CallSite } from './exchange';
import type { Fields } from './fields';

/** One input item at work: where calls are made for, and what the person entered. */
export interface Item extends CallSite {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly fields: Fields;
	/** Shows a remark beside the node's output; the same remark of many items is shown once. */
	readonly hint: (remark: string) => void;
}

/** An output item that is more than its JSON. */
export class OutputItem {
	readonly json: object;
	/** Files by the name of their binary property. */
	readonly binary?: IBinaryKeyData;
	/** Indexes of the input items that it comes from; the item at work when absent. */
	readonly from?: readonly number[];

	constructor(json: object, more: { binary?: IBinaryKeyData; from?: readonly number[] } = {}) {
		this.json = json;
		this.binary = more.binary;
		this.from = more.from;
	}
}

interface Described {
	/** Its entry in the Operation list; its value is the name of the file. */
	readonly option: {
		readonly name: string;
		/** Names it in the node picker: "Get many tickets". */
		readonly action: string;
		readonly description: string;
	};
	/** Its fields, without display conditions on resource and operation. */
	readonly fields: INodeProperties[];
	/** Changes nothing at the vendor, so that several items may be worked at the same time. */
	readonly reads?: true;
}

/** Works each item by itself; answers JSON or an `OutputItem`, or a list of them. */
export interface OperationOnItem extends Described {
	readonly run: (item: Item) => Promise<object | object[]>;
}

/** Works all items at once, where the table that they form is one task. */
export interface OperationOnAll extends Described {
	readonly runAll: (items: readonly Item[]) => Promise<OutputItem[]>;
}

/** One operation, whole: what the person sees and what happens. */
export type Operation = OperationOnItem | OperationOnAll;

/** The operations of one resource by the names of their files, which are the values of the Operation field. */
export type Operations = Readonly<Record<string, Operation>>;

/** The operations of one vendor by resource, as `npm run build` finds them in its actions folder. */
export type Resources = Readonly<Record<string, Operations>>;
