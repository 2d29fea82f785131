import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { longIds } from '../vendors.mts';
import { jsonOf, useWorld, requests, run, vendor, sandbox } from './world.mts';

useWorld();

const SEED_FILE = {
	ticketId: '1473',
	name: 'test.png',
	size: 195204,
	type: 'image/png',
	authorId: '40084',
	kind: 'ticket',
};
const STORED = 'workorder/40084/dc4ced807eec9218bf2fe9513ebc9b99';
const ofTicket = (ticketId: string, options: object = {}) => ({
	resource: 'ticket',
	operation: 'downloadAttachment',
	attachmentFrom: 'ticket',
	ticketId: { __rl: true, mode: 'id', value: ticketId },
	options: { ...options },
});
const ofAddress = (address: string, options: object = {}) => ({
	resource: 'ticket',
	operation: 'downloadAttachment',
	attachmentFrom: 'address',
	address,
	options: { ...options },
});

/** A file host of another name that sees what is sent to it. */
let host: Server;
let address: string;
let seen: { url: string; headers: IncomingHttpHeaders }[] = [];
/** How many requests for a status get it; those after them get the file. */
let failures = Infinity;
beforeAll(async () => {
	host = createServer((request, response) => {
		const { url = '', headers } = request;
		seen.push({ url, headers });
		if (url.startsWith('/moved')) {
			response.writeHead(302, { location: `http://127.0.0.1:${port()}/there` }).end();
		} else if (url.startsWith('/to-ftp')) {
			response.writeHead(302, { location: 'ftp://127.0.0.1/file' }).end();
		} else if (url.startsWith('/type')) {
			const type = new URL(url, 'http://host').searchParams.get('is');
			response.writeHead(200, type === null ? {} : { 'content-type': type }).end('内容');
		} else if (url.startsWith('/status')) {
			const failed = seen.length <= failures;
			response.writeHead(failed ? Number(url.split('/')[2]) : 200).end('内容');
		} else if (url.startsWith('/half')) {
			response.writeHead(200, { 'content-length': '1000', 'content-type': 'text/plain' });
			response.write('half');
			setTimeout(() => response.destroy(), 20);
		} else {
			response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('内容');
		}
	});
	const port = () => (host.address() as AddressInfo).port;
	await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
	address = `http://localhost:${port()}`;
});
beforeEach(() => {
	seen = [];
	failures = Infinity;
});
afterAll(() => host.close());

const paths = () => requests().map(({ path }) => path);

it('asks for the details and loads each file from the host that they name, without a signature', async () => {
	vendor().fileAddress = sandbox().addresses.kingsoftCloud.replace('127.0.0.1', 'localhost');
	vendor().changeTicket('1473', {
		handle_attachment: [
			{
				author: '38361',
				file_name: '处理 记录.png',
				file_path: STORED,
				file_size: '195204',
				file_type: 'image/png',
			},
		],
	});
	const result = await run(ofTicket('1473'));
	expect(jsonOf(result)).toEqual([
		SEED_FILE,
		{ ...SEED_FILE, name: '处理 记录.png', authorId: '38361', kind: 'troubleshooting' },
	]);
	expect(result.items.map(({ binary }) => binary?.data)).toMatchObject([
		{ fileName: 'test.png', mimeType: 'image/png', fileExtension: 'png' },
		{ fileName: '处理 记录.png', mimeType: 'image/png' },
	]);
	const content = Buffer.from(result.items[0]?.binary?.data?.data ?? '', 'base64');
	expect(content).toHaveLength(195204);
	expect(content.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
	expect(paths()).toEqual(['/workorder/api/ticket/detail', `/ks3/${STORED}`, `/ks3/${STORED}`]);
	expect(requests()[0]?.query).toEqual({ id: '1473' });
	for (const { method, headers } of requests().slice(1)) {
		expect(method).toBe('GET');
		expect(headers.host).toMatch(/^localhost:/);
		for (const name of ['appid', 'sign', 'timestamp', 'authorization', 'cookie', 'referer']) {
			expect(headers).not.toHaveProperty(name);
		}
	}
});

it('loads one file by its address alone', async () => {
	const result = await run(ofAddress(` ${address}/file `, { fileName: '说明.txt' }));
	const unknown = {
		ticketId: null,
		name: null,
		size: null,
		type: null,
		authorId: null,
		kind: null,
	};
	expect(jsonOf(result)).toEqual([unknown]);
	expect(result.items[0]?.binary?.data).toMatchObject({
		fileName: '说明.txt',
		mimeType: 'text/plain',
		data: Buffer.from('内容').toString('base64'),
	});
	expect(requests()).toEqual([]);
});

it('takes the address that Get Details gives, into the field of choice', async () => {
	const details = { resource: 'ticket', operation: 'getDetails', ticketId: '1473' };
	const [ticket] = jsonOf(await run(details));
	const items = [{ json: ticket ?? {} }];
	const result = await run(
		{ ...ofAddress('={{ $json.attachments[0].url }}'), binaryPropertyName: 'photo' },
		{ items },
	);
	expect(result.items[0]?.binary?.photo).toMatchObject({ mimeType: 'image/png' });
	expect(result.items[0]?.pairedItem).toEqual({ item: 0 });
});

it('sends nothing of the credential where the host redirects to', async () => {
	await run(ofAddress(`${address}/moved?Signature=of-the-address`));
	expect(seen.map(({ url }) => url)).toEqual(['/moved?Signature=of-the-address', '/there']);
	const { appId, secret } = sandbox().accounts.kingsoftCloud;
	for (const { headers } of seen) {
		expect(Object.keys(headers).sort()).toEqual(
			expect.not.arrayContaining(['appid', 'sign', 'timestamp', 'authorization', 'referer']),
		);
		expect(inspect(headers)).not.toContain(appId);
		expect(inspect(headers)).not.toContain(secret);
	}
});

it.each(['ftp://127.0.0.1/file', 'file:///etc/passwd', 'data:text/plain,x', STORED, 'x'])(
	'loads nothing from %s',
	async (wrong) => {
		expect((await run(ofAddress(wrong))).error?.message).toBe('Address is no web address');
		expect(requests()).toEqual([]);
		vendor().fileAddress = wrong.includes(':') ? wrong : 'nowhere';
		expect((await run(ofTicket('1473'))).error?.message).toBe(
			'Ticket has a file without a web address: "test.png"',
		);
		expect(paths()).toEqual(['/workorder/api/ticket/detail']);
	},
);

it('follows no redirect to another scheme', async () => {
	const { error } = await run(ofAddress(`${address}/to-ftp`));
	expect(error?.message).toMatch(/^The file could not be loaded: localhost:\d+ did not send it/);
});

it('names the host and the status of an address that has ended, but not the address', async () => {
	vendor().fileAddress = '';
	const details = { resource: 'ticket', operation: 'getDetails', ticketId: '1473' };
	const [ticket] = jsonOf(await run(details));
	const [{ url } = { url: '' }] = ticket?.attachments as { url: string }[];
	sandbox().clock.advance(600_000);
	const items = [{ json: { url } }];
	const { error } = await run(ofAddress('={{ $json.url }}'), { items });
	expect(error?.message).toMatch(
		/^The file could not be loaded: 127\.0\.0\.1:\d+ answered HTTP 403$/,
	);
	expect(error?.description).toMatch(/lives 600 seconds/);
	expect(error?.context?.data).toMatchObject({ httpStatus: 403 });
	const key = new URL(url).searchParams.get('Signature') ?? '';
	expect(key).toHaveLength(32);
	expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(key);
});

it('takes no half of a file for the whole', async () => {
	const { error, items } = await run(ofAddress(`${address}/half`));
	expect(error?.message).toMatch(/^The file could not be loaded: localhost:\d+ did not send it/);
	expect(items).toEqual([]);
});

it('loads only the file of a name, answers nothing for a ticket without files', async () => {
	expect(jsonOf(await run(ofTicket('1473', { onlyFile: 'test.png' })))).toEqual([SEED_FILE]);
	expect((await run(ofTicket('1473', { onlyFile: 'test' }))).error?.message).toBe(
		'Only This File is the name of no file of ticket 1473: "test"',
	);
	expect(jsonOf(await run(ofTicket('1204')))).toEqual([]);
});

it.each(longIds)('asks for ticket %s with every digit', async (id) => {
	await run(ofTicket(id));
	expect(requests()[0]?.query).toEqual({ id });
});

it("shows the vendor's refusal, and goes on with the other items", async () => {
	const items = ['1', 'x', '1473'].map((id) => ({ json: { id } }));
	const parameters = { ...ofTicket(''), ticketId: '={{ $json.id }}' };
	const result = await run(parameters, { items, onError: 'continueRegularOutput' });
	expect(result.items.map(({ json, pairedItem }) => [json.error ?? json.name, pairedItem])).toEqual(
		[
			[expect.stringContaining('工单不存在 (Kingsoft Cloud errno 22004)'), { item: 0 }],
			['Ticket is not a whole number: "x"', { item: 1 }],
			['test.png', { item: 2 }],
		],
	);
});

it.each([
	['?is=text/csv', '说明.txt', 'text/csv'],
	['?is=text/csv%3B%20charset=utf-8', '说明.txt', 'text/csv'],
	['?is=text/csv%20%3B%20charset=utf-8', '说明.txt', 'text/csv'],
	['', '说明.txt', 'text/plain'],
	['?is=application/octet-stream', '说明.txt', 'text/plain'],
	['?is=%3Bcharset=utf-8', '说明.txt', 'text/plain'],
])(
	'takes the type from the host where %j says one, else from %s',
	async (query, fileName, type) => {
		const { items } = await run(ofAddress(`${address}/type${query}`, { fileName }));
		expect(items[0]?.binary?.data).toMatchObject({ fileName, mimeType: type });
	},
);

it.each([
	[500, 'temporarily-unavailable'],
	[503, 'temporarily-unavailable'],
	[404, undefined],
	[403, undefined],
])('tells n8n whether HTTP %d passes: %s', async (status, cause) => {
	const { error } = await run(ofAddress(`${address}/status/${status}`));
	expect(error?.message).toMatch(new RegExp(`localhost:\\d+ answered HTTP ${status}$`));
	expect((error as { failure?: { cause: string } }).failure?.cause).toBe(cause);
});

it('loads a file again after a failure that passes, and says so', async () => {
	failures = 2;
	const { items, hints } = await run({ ...ofAddress(`${address}/status/503`), requestOptions: {} });
	expect(items).toHaveLength(1);
	expect(seen).toHaveLength(3);
	expect(hints).toEqual([
		expect.stringMatching(/^Calls to localhost:\d+ were repeated because it was not available/),
	]);
	seen = [];
	failures = Infinity;
	await run({ ...ofAddress(`${address}/status/404`), requestOptions: {} });
	expect(seen).toHaveLength(1);
});
