import { isPlainObject, isWritable, parseJson, writeJson } from '../../../../lib/json';
import type { Item, OperationOnItem } from '../../../../lib/operation';
import { callSevenMoor } from '../../transport';

/** The JSON as it was entered, every digit and space of it; objects of an expression are written out. */
function bodyOf({ fields }: Item): string {
	const given = fields.raw('body');
	const refuse = (problem: string) =>
		fields.refuse(
			'body',
			problem,
			'Enter the JSON object that the documents of your 7moor describe.',
		);
	let value: unknown = given;
	try {
		if (typeof given === 'string') value = parseJson(given);
	} catch {
		return refuse('is not JSON');
	}
	if (!isPlainObject(value) || !isWritable(value)) return refuse('is not a JSON object');
	if (Object.keys(value).length === 0) return refuse('is empty');
	return typeof given === 'string' ? given : writeJson(value);
}

/** POST /v20170704/business/handleBusiness (sheet 7moor §3.2); what the body holds is not public. */
export const operation: OperationOnItem = {
	option: {
		name: 'Send',
		action: 'Send a work order',
		description:
			'Send a work order into 7moor (inflow), with the body that the documents of your own 7moor describe',
	},
	fields: [
		{
			displayName:
				'7moor does not publish the fields of this call. What you enter is sent as it is and is not checked: take it from the documents that 7moor gave you for your account.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			typeOptions: { rows: 8 },
			default: '{}',
			required: true,
			description: 'The whole body of the call, a JSON object',
		},
	],
	run: async (item) => {
		const answer = await callSevenMoor(item, 'handleBusiness', bodyOf(item));
		return { success: true, message: answer.message ?? null, answer };
	},
};
