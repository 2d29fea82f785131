import type { IBinaryData, NodeApiError } from 'n8n-workflow';

import { vendorError } from '../../../lib/errors';
import { placeOf } from '../../../lib/exchange';
import type { Item } from '../../../lib/operation';
import { repeatedly } from '../../../lib/retry';

type FileStream = Exclude<
	Parameters<Item['context']['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

interface FileAnswer {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: FileStream;
}

const DOWNLOAD_TIMEOUT_MS = 120_000;
const ADVICE =
	'Nothing was changed. An address lives 600 seconds: get the details again for a new one, and check whether this n8n may reach the host.';

/** The address itself stays out: its query is what lets anybody load the file. */
function failed(item: Item, host: string, happened: string, httpStatus?: number): NodeApiError {
	const passes = httpStatus === undefined || httpStatus >= 500;
	return vendorError(placeOf(item), {
		message: `The file could not be loaded: ${host} ${happened}`,
		advice: ADVICE,
		httpStatus,
		...(passes ? { cause: 'temporarily-unavailable', repeatable: 'reads' } : {}),
	});
}

/** Media type as the host says; undefined where that says nothing about the file. */
function mediaType(header: unknown): string | undefined {
	const type = typeof header === 'string' ? header.split(';')[0]?.trim() : '';
	return type === '' || type === 'application/octet-stream' ? undefined : type;
}

/**
 * Loads a file from its temporary address, which belongs to another host (KS3, sheet kingsoft §3.3): with
 * n8n's plain helper, so that no credential goes there or where that host redirects to.
 *
 * @throws NodeApiError where the file did not come, or not whole
 */
export async function downloadFile(
	item: Item,
	address: URL,
	fileName: string | undefined,
): Promise<IBinaryData> {
	return await repeatedly(item, { name: address.host }, { kind: 'read' }, async () => {
		return await attempt(item, address, fileName);
	});
}

async function attempt(
	item: Item,
	address: URL,
	fileName: string | undefined,
): Promise<IBinaryData> {
	const { context, requestOptions } = item;
	const { host } = address;
	const brokeOff = (error: { code?: string }) =>
		failed(item, host, `did not send it (${error.code ?? 'the connection broke off'})`);
	const answer = await (
		context.helpers.httpRequest({
			method: 'GET',
			url: address.href,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			maxRedirects: 5,
			timeout: requestOptions?.timeoutMs ?? DOWNLOAD_TIMEOUT_MS,
			abortSignal: context.getExecutionCancelSignal(),
		}) as Promise<FileAnswer>
	).catch(brokeOff);
	if (!('body' in answer)) throw answer;
	const { statusCode, headers, body } = answer;
	if (statusCode !== 200) {
		body.destroy();
		throw failed(item, host, `answered HTTP ${statusCode}`, statusCode);
	}
	const type = mediaType(headers['content-type']);
	const file = await context.helpers.prepareBinaryData(body, fileName, type).catch(brokeOff);
	if (!('data' in file)) throw file;
	return file;
}
