import { OutputItem, type Item, type OperationOnAll } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { askedCustomerOutput, toAskedCustomer } from '../../customer';
import { readCustomers, type CustomerKey } from '../../transport/customers';
import { customerKeyIn, findByField } from './findBy';

/** What one input item asks for, and how it wants the answer. */
function questionOf(item: Item) {
	const { fields } = item;
	const shape = shaper(fields, askedCustomerOutput, toAskedCustomer);
	const key = customerKeyIn(fields);
	const ids = fields.texts('ids');
	if (ids.length === 0) fields.refuse('ids', 'is empty', 'Enter one ID or more.');
	return { itemIndex: item.itemIndex, key, ids, shape };
}

/** POST /open-api/external_user/batch_get (sheet weiban §3.10), 20 customers of all items a request. */
export const operation: OperationOnAll = {
	option: {
		name: 'Get Several',
		action: 'Get several customers',
		description:
			'Get customers by their IDs, 20 per request over all input items. An ID that Weiban does not know gives an item with Found off.',
	},
	fields: [
		findByField,
		{
			displayName: 'IDs',
			name: 'ids',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg, wm8zkSaSL7dgds4s45fw',
			description: 'One ID or several, separated by commas, or an expression that yields a list',
		},
		...askedCustomerOutput.fields,
	],
	reads: true,
	runAll: async (items) => {
		const questions = items.map(questionOf);
		const [first] = items;
		if (first === undefined) return [];
		// The request is that of all items.
		const site = { ...first, itemIndex: undefined };
		const asked = (wanted: CustomerKey) =>
			new Set(questions.flatMap(({ key, ids }) => (key === wanted ? ids : [])));
		const found = {
			id: await readCustomers(site, 'id', asked('id')),
			unionid: await readCustomers(site, 'unionid', asked('unionid')),
		};
		const unknown = new Set<string>();
		const output = questions.flatMap(({ itemIndex, key, ids, shape }) =>
			ids.map((id) => {
				const customer = found[key].get(id);
				if (customer === undefined) unknown.add(id);
				return new OutputItem(shape(customer ?? { [key]: id, found: false }), {
					from: [itemIndex],
				});
			}),
		);
		if (unknown.size > 0) {
			first.hint(`Weiban knows no customer for ${unknown.size} of the IDs: Found is off there.`);
		}
		return output;
	},
};
