import { isJsonObject } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { customerOutput, toCustomer } from '../../customer';
import { customerField } from '../../locators';
import { callWeiban } from '../../transport';
import { customerKeyIn, findByField } from './findBy';

/** GET /open-api/external_user/get (sheet weiban §3.10 from public clients; the vendor's page is api-8269960). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a customer',
		description: 'Get one customer with the staff who have the customer',
	},
	fields: [
		findByField,
		{ ...customerField, displayOptions: { show: { findBy: ['id'] } } },
		{
			displayName: 'Union ID',
			name: 'unionId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. oYtnV58v4QOisCZdE4qU02eK1pvU',
			displayOptions: { show: { findBy: ['unionid'] } },
		},
		...customerOutput.fields,
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, customerOutput, toCustomer);
		const key = customerKeyIn(fields);
		const field = key === 'id' ? 'customerId' : 'unionId';
		const id = fields.text(field).trim();
		const { external_user: customer } = await callWeiban(item, 'customer', { [key]: id });
		return isJsonObject(customer)
			? shape(customer)
			: fields.refuse(field, `has no customer in Weiban's answer: "${id}"`, 'Check it.');
	},
};
