import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { installFromDebian } from '../src/debian.mts';
import type { Log } from '../src/progress.mts';

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
	const names = ['chromium', 'fonts-noto-cjk'];
	const what = 'Chromium and Chinese fonts (about 400 MB of disk space)';
	await installFromDebian({ names, what, missing }, log, signal);
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
