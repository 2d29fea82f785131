import type { OperationOnItem } from '../../../../lib/operation';
import { outputChoice, shaper } from '../../../../lib/output';
import { toAuthorisation, type Authorisation } from '../../authorisation';
import { authorisations, outerInstanceOf } from '../../transport/account';

const output = outputChoice(
	[
		'accountId',
		'accountName',
		'serviceId',
		'groupName',
		'domain',
		'company',
		'outerInstanceId',
		'clientId',
		'valid',
		'expiresAt',
	] as const satisfies readonly (keyof Authorisation)[],
	'Ten fields: the account set, its group and domain, the company and until when it is valid',
);

/** POST /jdyconnector/app_management/push_app_authorize (sheet kingdee §2.3a). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Authorisations',
		action: 'Get the authorisations',
		description:
			'Get the account sets that have authorised the app, without their secrets and tokens',
	},
	fields: [
		{
			displayName: 'Outer Instance ID',
			name: 'outerInstanceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 418370618707400484',
			description: 'Of which authorisation; that of the credential where this is empty',
		},
		...output.fields,
	],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, output, toAuthorisation);
		const entered = item.fields.optionalText('outerInstanceId')?.trim();
		const rows = await authorisations(item, entered ?? (await outerInstanceOf(item)));
		return rows.map(shape);
	},
};
