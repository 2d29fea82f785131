import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RecordedRequest } from '../../sandbox/index.mts';
import type { Bench } from './bench.mts';
import type { Checks } from './checks.mts';

/** Headers, query parameters and members of answers that let their holder in. */
const secretNames = new Set([
	'access_token',
	'accesstoken',
	'app-token',
	'app_token',
	'app_signature',
	'appsecret',
	'app_secret',
	'authority_info',
	'authorization',
	'sig',
	'sign',
	'x-api-signature',
]);

/** Shorter values occur by chance; nothing that lets anybody in is that short. */
const SHORTEST = 12;

function valuesIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) =>
		typeof entry === 'string' && secretNames.has(name.toLowerCase()) ? [entry] : valuesIn(entry),
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function secretsOf({ headers, query, answer }: RecordedRequest): string[] {
	return [headers, query, parsed(answer)].flatMap(valuesIn);
}

/** Every form in which a value may have been written down. */
function forms(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const lower = encoded.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
	const base64 = Buffer.from(secret).toString('base64').replaceAll('=', '');
	return [secret, encoded, lower, encodeURIComponent(encoded), base64];
}

/** Text by the place where it was found. */
type Places = Map<string, string>;

/** All that n8n has written, save for the installed packages and the key of the credentials. */
function files(folder: string, from = folder): Places {
	const found: Places = new Map();
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (entry.name === 'nodes') continue;
			for (const [name, text] of files(path, from)) found.set(name, text);
		} else {
			found.set(relative(from, path), readFileSync(path).toString('latin1'));
		}
	}
	return found;
}

/** Row by row, because a long text is in pieces in the file. */
async function rows(file: string): Promise<Places> {
	const { DatabaseSync } = await import('node:sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	const found: Places = new Map();
	try {
		const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
		for (const { name } of tables) {
			const table = String(name);
			const texts: string[] = [];
			for (const row of database.prepare(`select * from "${table}"`).iterate()) {
				for (const value of Object.values(row)) {
					if (typeof value === 'string') texts.push(value);
					if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('utf8'));
				}
			}
			found.set(`table ${table}`, texts.join('\n'));
		}
	} finally {
		database.close();
	}
	return found;
}

/** Nothing that lets anybody in may be found in what n8n has written. */
export async function checkSecrets(checks: Checks, bench: Bench): Promise<void> {
	await checks.check(
		'No secret, token or signature is in n8n’s database, files, log and answers',
		async () => {
			const userFolder = join(bench.playground.folder, 'n8n');
			const database = await rows(join(userFolder, '.n8n', 'database.sqlite'));
			const answers = bench.answers.map(([what, text]) => `${what}: ${text}`).join('\n');
			const places: Places = new Map([...database, ...files(userFolder), ['answers', answers]]);

			const log = [...places].filter(([name]) => name.endsWith('.log'));
			assert(
				database.get('table execution_data')?.includes('长编号工单'),
				'no execution was stored',
			);
			assert(
				log.some(([, text]) => text.includes('debug')),
				'the log is not at debug level',
			);

			assert(/^API, .*长编号工单/m.test(answers), 'no execution was asked for');
			assert(/^editor, pushed: .*nodeExecuteAfter/m.test(answers), 'the editor heard of no run');
			assert(/^editor, .*空调漏水/m.test(answers), 'the editor showed no list');

			const requests = bench.sandbox.requests();
			const sent = requests.flatMap(secretsOf);
			assert(sent.length > requests.length / 2, `only ${sent.length} secrets were sent`);
			const secrets = [...new Set([...bench.secrets, ...sent])].filter(
				(secret) => secret.length >= SHORTEST,
			);
			const hits: string[] = [];
			for (const secret of secrets) {
				for (const form of new Set(forms(secret))) {
					for (const [place, text] of places) {
						const index = text.indexOf(form);
						if (index < 0) continue;
						const before = text.slice(Math.max(0, index - 80), index).replaceAll(/\s+/g, ' ');
						hits.push(`${place}: …${before}«${form.slice(0, 4)}…»`);
					}
				}
			}
			assert.deepEqual(hits, [], `${hits.length} hits of ${secrets.length} secrets`);
		},
	);
}
