import axios from 'axios';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PACKAGE, type Bench } from './bench.mts';
import type { Checks } from './checks.mts';

/** These have to be there; package.json may list more. */
const NODES = [
	'kingdee',
	'kingdeeTrigger',
	'kingsoftCloud',
	'kingsoftCloudTrigger',
	'sevenMoor',
	'sevenMoorDictionaryTrigger',
	'sevenMoorTrigger',
	'weiban',
	'weibanPollingTrigger',
	'weibanTrigger',
];
const CREDENTIALS = [
	'kingdeeApi',
	'kingsoftCloudApi',
	'sevenMoorApi',
	'sevenMoorPushApi',
	'weibanApi',
	'weibanCallbackApi',
];

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
}

/** `dist/nodes/Kingdee/Kingdee.node.js` is the node `kingdee`. */
function namesOf(files: string[]): string[] {
	return files.map((file) => {
		const name = basename(file).split('.')[0] ?? '';
		return name.charAt(0).toLowerCase() + name.slice(1);
	});
}

function manifest({ playground }: Bench): Manifest {
	const installed = join(playground.folder, 'n8n', '.n8n', 'nodes', 'node_modules', PACKAGE);
	return JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
}

interface CredentialType {
	name: string;
	iconUrl?: string | { light: string; dark: string };
	supportedNodes?: string[];
}

function n8nLog({ playground }: Bench): string {
	const folder = join(playground.folder, 'n8n');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.log'))
		.map((name) => stripVTControlCharacters(readFileSync(join(folder, name), 'utf8')))
		.join('\n');
}

async function assertIcons(bench: Bench, types: CredentialType[]): Promise<void> {
	for (const { name, iconUrl } of types) {
		const addresses = typeof iconUrl === 'object' ? Object.values(iconUrl) : [iconUrl ?? ''];
		for (const address of addresses) {
			const url = `${bench.playground.n8n.url}/${address}`;
			const { status, headers } = await axios.get(url, { proxy: false, validateStatus: null });
			const found = `${status} ${String(headers['content-type'])}`;
			assert.match(found, /^200 image\/svg/, `the icon of ${name} at ${url}`);
		}
	}
}

/** The packed tarball, loaded by n8n as a community package. */
export async function checkInstallation(checks: Checks, bench: Bench): Promise<void> {
	const { rest } = bench;
	const mine = async (): Promise<CredentialType[]> =>
		(await rest.nodeTypes()).filter(({ name }) => name.startsWith(`${PACKAGE}.`));

	await checks.check('n8n has loaded every node of the tarball', async () => {
		const names = new Set((await mine()).map(({ name }) => name.slice(PACKAGE.length + 1)));
		const listed = namesOf(manifest(bench).n8n.nodes);
		for (const node of [...NODES, ...listed]) assert(names.has(node), `${node} is missing`);
		for (const node of listed.filter((name) => !name.endsWith('Trigger'))) {
			assert(names.has(`${node}Tool`), `${node} is no tool for AI agents`);
		}
	});

	await checks.check('n8n has loaded every credential type and knows its nodes', async () => {
		const types = await rest.request<CredentialType[]>('GET', '/types/credentials.json');
		const wanted = new Set([...CREDENTIALS, ...namesOf(manifest(bench).n8n.credentials)]);
		const found = types.filter(({ name }) => wanted.has(name));
		assert.deepEqual(found.map(({ name }) => name).sort(), [...wanted].sort());
		for (const { name, supportedNodes = [] } of found) {
			assert(
				supportedNodes.some((node) => node.startsWith(`${PACKAGE}.`)),
				`no node uses ${name}`,
			);
		}
		await assertIcons(bench, found);
	});

	await checks.check('every node has its icons', async () => {
		await assertIcons(bench, await mine());
	});

	await checks.check("nothing in n8n's log speaks of trouble with the pack", () => {
		const ours = /gongdan|kingdee|kingsoft|sevenMoor|7moor|weiban/i;
		const trouble = n8nLog(bench)
			.split('\n')
			.filter((line) => /^\S+\s+(error|warn)\b/.test(line) && ours.test(line));
		assert.deepEqual(trouble, []);
	});
}
