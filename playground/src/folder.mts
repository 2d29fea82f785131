import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runs } from './paths.mts';

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Makes the folder of this run and clears away those of processes that are gone. */
export function makeRunFolder(purpose: string): string {
	mkdirSync(runs, { recursive: true });
	for (const name of readdirSync(runs)) {
		const pid = Number(/-(\d+)(-\d+)?$/.exec(name)?.[1] ?? Number.NaN);
		if (!Number.isNaN(pid) && pid !== process.pid && !isAlive(pid)) {
			rmSync(join(runs, name), { recursive: true, force: true });
		}
	}
	for (let count = 0; ; count++) {
		const suffix = count === 0 ? '' : `-${count}`;
		const folder = join(runs, `${purpose}-${process.pid}${suffix}`);
		if (mkdirSync(folder, { recursive: true }) !== undefined) return folder;
	}
}
