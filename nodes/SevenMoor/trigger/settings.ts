import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { zoneOffsetMs } from '../../../credentials/signing/sevenMoor';
import type { Fields } from '../../../lib/fields';
import { shown } from '../../../lib/shown';
import { triggerFields } from '../../../lib/triggerFields';
import { readAddresses } from './addresses';
import type { Guard } from './delivery';
import type { StepFilter } from './stepEvent';
import { stepTriggerProperties } from './stepTriggerProperties';

type Context = IHookFunctions | IWebhookFunctions;

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const SHORTEST_SECRET = 16;
const CHECKS = ['secretHeader', 'senderAddress', 'signature'] as const;

/** What is wrong with a push credential; undefined where nothing is. */
export function secretProblem({
	headerName,
	secret,
}: ICredentialDataDecryptedObject): string | undefined {
	if (!HEADER_NAME.test(String(headerName ?? ''))) {
		return 'Header Name is not the name of a header. Use letters, digits and hyphens.';
	}
	if (!/^[\x21-\x7e]+$/.test(String(secret ?? '')) || String(secret).length < SHORTEST_SECRET) {
		return `Secret needs at least ${SHORTEST_SECRET} letters, digits or signs, without spaces.`;
	}
	return undefined;
}

/** The credential test: there is nobody to ask, so it checks what was entered. */
export function secretTest(credentials: ICredentialDataDecryptedObject): INodeCredentialTestResult {
	const problem = secretProblem(credentials);
	return problem === undefined
		? { status: 'OK', message: 'The header name and the secret can be used' }
		: { status: 'Error', message: problem };
}

function refuse(context: Context, message: string, description: string): never {
	throw new NodeOperationError(context.getNode(), message, { description });
}

async function secretOf(context: Context): Promise<Guard['secret']> {
	const credentials =
		await context.getCredentials<ICredentialDataDecryptedObject>('sevenMoorPushApi');
	const problem = secretProblem(credentials);
	if (problem !== undefined) {
		refuse(context, problem, 'Correct the 7moor Push credential.');
	}
	return { header: String(credentials.headerName), value: String(credentials.secret) };
}

async function accountOf(context: Context): Promise<Guard['account']> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>('sevenMoorApi');
	const [accountId, apiSecret, offset] = ['accountId', 'apiSecret', 'zoneOffset'].map((name) =>
		String(credentials[name] ?? '').trim(),
	) as [string, string, string];
	const offsetMs = zoneOffsetMs(offset === '' ? '+08:00' : offset);
	if (accountId === '' || apiSecret === '' || offsetMs === undefined) {
		refuse(
			context,
			'The 7moor credential cannot check signatures',
			'It needs Account ID, API Secret and a Zone Offset such as +08:00.',
		);
	}
	return { accountId, apiSecret, offsetMs };
}

function addressesOf(fields: Fields): Guard['addresses'] {
	const ranges = readAddresses(fields.optionalText('addresses') ?? '');
	if (typeof ranges === 'string') {
		return fields.refuse(
			'addresses',
			`has an entry that is no IPv4 address or range: "${shown(ranges)}"`,
			'Write addresses like 203.0.113.7 and ranges like 198.51.100.0/24, with commas between them.',
		);
	}
	if (ranges.length === 0) {
		fields.refuse('addresses', 'is empty', 'Enter the addresses that 7moor sends from.');
	}
	return ranges;
}

/**
 * What the person wants deliveries to show.
 *
 * @throws NodeOperationError where a setting would let everybody in, or nobody
 */
export async function guardOf(context: Context): Promise<Guard> {
	const fields = triggerFields(context, stepTriggerProperties);
	const checks = fields.choices('checks', CHECKS);
	const path = fields.optionalText('path')?.trim() ?? '';
	if (checks.length === 0 && path !== '' && path.length < SHORTEST_SECRET) {
		fields.refuse(
			'path',
			'is easy to guess',
			`It is all that protects this trigger. Use ${SHORTEST_SECRET} characters or more, leave it empty for a random one, or choose a check.`,
		);
	}
	return {
		...(checks.includes('senderAddress') ? { addresses: addressesOf(fields) } : {}),
		...(checks.includes('secretHeader') ? { secret: await secretOf(context) } : {}),
		...(checks.includes('signature') ? { account: await accountOf(context) } : {}),
	};
}

/** Whether steps are wanted, which of them, and whether the same push again. */
export function choiceOf(fields: Fields) {
	const filters = fields.group('filters');
	const filter: StepFilter = {
		stepNames: filters.names('stepNames'),
		actionNames: filters.names('actionNames'),
	};
	return {
		wanted: fields.choices('events', ['stepReached'] as const).length > 0,
		filter,
		emitRepeated: fields.group('options').flag('emitRepeated'),
	};
}
