import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../../lib/fields';
import type { CustomerKey } from '../../transport/customers';

/** What a customer is found by; read it with `customerKeyIn`. */
export const findByField: INodeProperties = {
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	default: 'id',
	options: [
		{ name: 'Customer ID', value: 'id' },
		{ name: 'Union ID', value: 'unionid', description: 'ID of the person across WeChat apps' },
	],
};

export function customerKeyIn(fields: Fields): CustomerKey {
	return fields.choice(findByField.name, ['id', 'unionid'] as const);
}
