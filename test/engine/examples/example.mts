import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox/index.mts';

/** One working use of an operation on one input item, with no more than it needs. */
export interface Example {
	parameters: INodeParameters;
	item?: { json: IDataObject; binary?: IBinaryKeyData };
	/** Brings the sandbox into the state that the operation needs. */
	prepare?: (sandbox: Sandbox) => void;
}

/** An input item with a picture. */
export const picture: Example['item'] = {
	json: {},
	binary: {
		data: {
			data: Buffer.from('hello').toString('base64'),
			mimeType: 'image/png',
			fileName: '背景图.png',
		},
	},
};

/** Examples by resource and operation: "ticket.getAll". */
export type Examples = Readonly<Record<string, Example>>;
