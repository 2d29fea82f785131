// n8n's own community-package analysis, on the source and on the packed tarball, as its gate runs them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

interface Analysis {
	passed: boolean;
	message?: string;
	details?: string;
}

const root = process.cwd();
const unpacked = mkdtempSync(join(tmpdir(), 'gongdan-scan-'));

function unpackTarball(): void {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', unpacked], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as { filename: string; unpackedSize: number; entryCount: number }[];
	if (packed === undefined) throw new Error('npm pack made no tarball');
	const tarball = join(unpacked, packed.filename);
	const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
	console.log(
		`Tarball: ${kilobytes(statSync(tarball).size)} packed, ${kilobytes(packed.unpackedSize)} unpacked, ${packed.entryCount} files`,
	);
	execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
}

function report(what: string, { passed, message, details }: Analysis): boolean {
	console.log(`${what}: ${passed ? '0 findings' : `${message ?? 'findings'}\n${details ?? ''}`}`);
	return passed;
}

try {
	unpackTarball();
	const packageRoot = join(unpacked, 'package');
	const { dependencies = {} } = JSON.parse(
		readFileSync(join(packageRoot, 'package.json'), 'utf8'),
	) as { dependencies?: Record<string, string> };
	const results = [
		report('Source', (await analyzePackage(root, SOURCE_FILE_PATTERNS)) as Analysis),
		report('Tarball', (await analyzePackage(packageRoot, ['**/*.js', 'package.json'])) as Analysis),
		report('Run-time dependencies', {
			passed: Object.keys(dependencies).length === 0,
			message: Object.keys(dependencies).join(', '),
		}),
	];
	process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
	rmSync(unpacked, { recursive: true, force: true });
}
