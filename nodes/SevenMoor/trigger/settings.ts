import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { zoneOffsetMs } from '../../../credentials/signing/sevenMoor';
import { readAddresses } from './addresses';
import type { Guard } from './delivery';
import type { StepFilter } from './stepEvent';

type Context = IHookFunctions | IWebhookFunctions;

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const SHORTEST_SECRET = 16;

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

function addressesOf(context: Context): Guard['addresses'] {
	const list = String(context.getNodeParameter('addresses', ''));
	const ranges = readAddresses(list);
	if (typeof ranges === 'string') {
		refuse(
			context,
			`Allowed Addresses has an entry that is no IPv4 address or range: "${ranges}"`,
			'Write addresses like 203.0.113.7 and ranges like 198.51.100.0/24, with commas between them.',
		);
	}
	if (ranges.length === 0) {
		refuse(context, 'Allowed Addresses is empty', 'Enter the addresses that 7moor sends from.');
	}
	return ranges;
}

/**
 * What the person wants deliveries to show.
 *
 * @throws NodeOperationError where a setting would let everybody in, or nobody
 */
export async function guardOf(context: Context): Promise<Guard> {
	const checks = context.getNodeParameter('checks', []) as string[];
	const path = String(context.getNodeParameter('path', '')).trim();
	if (checks.length === 0 && path !== '' && path.length < SHORTEST_SECRET) {
		refuse(
			context,
			`Secret Path is easy to guess: "${path}"`,
			`It is all that protects this trigger. Use ${SHORTEST_SECRET} characters or more, leave it empty for a random one, or choose a check.`,
		);
	}
	return {
		...(checks.includes('senderAddress') ? { addresses: addressesOf(context) } : {}),
		...(checks.includes('secretHeader') ? { secret: await secretOf(context) } : {}),
		...(checks.includes('signature') ? { account: await accountOf(context) } : {}),
	};
}

/** Names from a list; text has them separated by commas. */
function namesIn(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[,，]/);
	return entries.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
}

export function filterOf(context: IWebhookFunctions): StepFilter {
	const { stepNames, actionNames } = context.getNodeParameter('filters', {}) as IDataObject;
	return { stepNames: namesIn(stepNames), actionNames: namesIn(actionNames) };
}
