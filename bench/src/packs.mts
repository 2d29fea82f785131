import { execFileSync } from 'node:child_process';
import {
	existsSync,
	globSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { playground } from '../../playground/src/paths.mts';

/** A package that n8n's loaders can load. */
export interface Pack {
	readonly name: string;
	readonly folder: string;
	/** Its name and version for npm; absent where it is part of a larger one. */
	readonly spec?: string;
}

const work = resolve('.reports/load');
const builtIn = join(playground, 'node_modules', 'n8n-nodes-base', 'dist');

export const own: Pack = { name: 'gongdan', folder: process.cwd(), spec: '.' };

/** Popular community packages; their versions are part of the measure. */
const community = ['n8n-nodes-evolution-api@1.0.4', '@devlikeapro/n8n-nodes-chatwoot@1.0.2'];

const write = (file: string, value: unknown) => writeFileSync(file, JSON.stringify(value));
const read = <T,>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;

function fresh(name: string): string {
	const folder = join(work, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(join(folder, 'dist/known'), { recursive: true });
	mkdirSync(join(folder, 'dist/types'));
	return folder;
}

type Kind = 'nodes' | 'credentials';
type Known = Record<string, { sourcePath: string }>;

/** One vendor's nodes and credentials of n8n's own, with their part of the lists for lazy loading. */
function partOfBuiltIn(vendor: string): Pack {
	const folder = fresh(vendor);
	symlinkSync(builtIn, join(folder, 'base'));
	const files = {
		nodes: globSync(`nodes/${vendor}/*.node.js`, { cwd: builtIn }),
		credentials: globSync(`credentials/${vendor}*Api.credentials.js`, { cwd: builtIn }),
	};
	for (const kind of ['nodes', 'credentials'] as const satisfies Kind[]) {
		const known = read<Known>(join(builtIn, 'known', `${kind}.json`));
		const part = Object.entries(known).filter(([, { sourcePath }]) =>
			files[kind].some((file) => sourcePath.endsWith(file)),
		);
		const names = new Set(part.map(([name]) => name));
		const types = read<{ name: string }[]>(join(builtIn, 'types', `${kind}.json`));
		write(join(folder, 'dist/known', `${kind}.json`), Object.fromEntries(part));
		write(
			join(folder, 'dist/types', `${kind}.json`),
			types.filter(({ name }) => names.has(name)),
		);
	}
	const paths = (kind: Kind) => files[kind].map((file) => join('base', file));
	const n8n = { nodes: paths('nodes'), credentials: paths('credentials') };
	write(join(folder, 'package.json'), { name: 'n8n-nodes-base', version: '1.0.0', n8n });
	return { name: `n8n's ${vendor}`, folder };
}

/** n8n's own ticket nodes; none where n8n is not installed. */
export function builtInPacks(): Pack[] {
	return existsSync(builtIn) ? ['Zendesk', 'Jira', 'Confluence'].map(partOfBuiltIn) : [];
}

/** Brings the community packages into a folder of their own. */
export function communityPacks(): Pack[] {
	const folder = join(work, 'community');
	mkdirSync(folder, { recursive: true });
	write(join(folder, 'package.json'), { name: 'community', private: true });
	const quiet = [
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
	];
	execFileSync('npm', ['install', ...quiet, ...community], { cwd: folder, stdio: 'ignore' });
	const workflow = join(folder, 'node_modules/n8n-workflow');
	rmSync(workflow, { recursive: true, force: true });
	symlinkSync(resolve('node_modules/n8n-workflow'), workflow);
	return community.map((spec) => {
		const name = spec.slice(0, spec.lastIndexOf('@'));
		return { name: spec, folder: join(folder, 'node_modules', name), spec };
	});
}

/** As many nodes and credentials as ours, each in a file of its own, with nothing in them. */
export function blankPack(place: string): Pack {
	const folder = fresh(place);
	const { n8n } = read<{ n8n: Record<Kind, string[]> }>('package.json');
	const paths = (kind: Kind) => n8n[kind].map((file) => join('dist', basename(file)));
	for (const file of [...paths('nodes'), ...paths('credentials')]) {
		const name = basename(file).split('.')[0] ?? '';
		const description = `{ displayName: '${name}', name: '${name}', version: 1, properties: [] }`;
		const members = file.includes('.node.')
			? `description = ${description};`
			: `name = '${name}'; properties = [];`;
		writeFileSync(
			join(folder, file),
			`'use strict';\nrequire('n8n-workflow');\nexports.${name} = class ${name} { ${members} };\n`,
		);
	}
	for (const list of ['known/nodes', 'known/credentials'])
		write(join(folder, `dist/${list}.json`), {});
	for (const list of ['types/nodes', 'types/credentials'])
		write(join(folder, `dist/${list}.json`), []);
	write(join(folder, 'package.json'), {
		name: 'n8n-nodes-blank',
		version: '1.0.0',
		n8n: { nodes: paths('nodes'), credentials: paths('credentials') },
	});
	return { name: 'as many nodes with nothing in them', folder };
}

export interface Packed {
	readonly size: number;
	readonly unpackedSize: number;
	readonly entryCount: number;
}

/** The tarball of a package as npm packs it. */
export function packed(spec: string): Packed {
	const args = ['pack', spec, '--dry-run', '--json', '--ignore-scripts'];
	const output = execFileSync('npm', args, {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [tarball] = JSON.parse(output) as Packed[];
	if (tarball === undefined) throw new Error(`npm pack says nothing of ${spec}`);
	return tarball;
}
