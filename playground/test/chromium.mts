import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import type { Log } from '../src/progress.mts';
import { run } from '../src/run.mts';
import { root } from '../src/paths.mts';

const MINUTE = 60_000;

const places = [
	process.env['CHROMIUM'] ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
];

/** Nothing but the editor, and nothing leaves the machine. */
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-proxy-server',
];

const find = (): string | undefined => places.find((place) => place !== '' && existsSync(place));

/** The browser's path; on Debian, root gets it installed where it is missing. */
async function chromiumPath(log: Log, signal: AbortSignal): Promise<string> {
	const found = find();
	if (found !== undefined) return found;
	const missing =
		'The browser checks need Chromium. Install it (Debian: apt-get install chromium ' +
		'fonts-noto-cjk), or give the path of a Chrome or Chromium in the variable CHROMIUM.';
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(missing);
	log('Installing Chromium and Chinese fonts from Debian (once; about 400 MB of disk space)');
	const options = { cwd: root, timeoutMs: 8 * MINUTE, signal };
	const packages = ['--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
	try {
		await run('apt-get', ['update', '-q'], options);
		await run('apt-get', ['install', '-y', '-q', ...packages], {
			...options,
			env: { DEBIAN_FRONTEND: 'noninteractive' },
		});
	} catch (error) {
		throw new Error(missing, { cause: error });
	}
	const installed = find();
	if (installed === undefined) throw new Error(missing);
	return installed;
}

/** A browser with a new, empty profile. */
export async function startBrowser(log: Log, signal: AbortSignal): Promise<Browser> {
	const executablePath = await chromiumPath(log, signal);
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath, args: flags, timeout: MINUTE });
}
