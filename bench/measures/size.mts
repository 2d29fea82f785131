import { execFileSync } from 'node:child_process';

import type { Measure } from '../src/measure.mts';

interface Packed {
	size: number;
	unpackedSize: number;
	entryCount: number;
}

export const size: Measure = {
	name: 'size',
	title: 'Size',
	method: 'The tarball as npm packs it.',
	exact: true,
	async run() {
		const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			encoding: 'utf8',
		});
		const [packed] = JSON.parse(output) as Packed[];
		if (packed === undefined) throw new Error('npm pack says nothing');
		const kb = (bytes: number) => bytes / 1000;
		return [
			{
				subject: 'tarball',
				ours: kb(packed.size),
				unit: 'KB',
				figure: kb(packed.size),
				budget: 'size.tarball',
			},
			{
				subject: 'unpacked',
				ours: kb(packed.unpackedSize),
				unit: 'KB',
				figure: kb(packed.unpackedSize),
				budget: 'size.unpacked',
			},
			{ subject: 'files', ours: packed.entryCount, unit: 'files', figure: packed.entryCount },
		];
	},
};
