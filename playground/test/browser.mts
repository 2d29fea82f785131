import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { root } from '../src/paths.mts';
import type { Log } from '../src/progress.mts';
import { logIns } from './accounts.mts';
import type { Bench } from './bench.mts';
import type { Checks } from './checks.mts';
import { startBrowser } from './chromium.mts';
import { wrongSecret } from './credentialTests.mts';
import { checkFields } from './browserFields.mts';
import { Editor, type CredentialDialog, type NodePanel } from './editor.mts';
import type { Visit } from './visit.mts';

const VIEW = { width: 1280, height: 800 };
const MOST_BYTES = 250 * 1024;
/** A busy machine takes its time; a check as a whole has a limit of its own. */
const STEP_TIMEOUT_MS = 30_000;
const CHECK_TIMEOUT_MS = 120_000;
const CREDENTIAL = 'Kingsoft Cloud account';

const ACTIONS = [
	'Upload an attachment',
	'Close a ticket',
	'Comment on a ticket',
	'Create a ticket',
	'Get a ticket',
	'Get details of a ticket',
	'Get many tickets',
	'Reject a ticket',
];

export interface BrowserOptions {
	/** The folder for the pictures. */
	pictures: string;
	log: Log;
	signal: AbortSignal;
}

/** What a person does in the editor: credential, node, run. */
export async function checkBrowser(
	checks: Checks,
	bench: Bench,
	{ pictures, log, signal }: BrowserOptions,
): Promise<void> {
	let browser: Browser | undefined;
	let editor: Editor | undefined;
	mkdirSync(pictures, { recursive: true });

	const theEditor = (): Editor => {
		assert(editor, 'the browser did not start');
		return editor;
	};
	const picture = async (name: string, part?: Locator): Promise<void> => {
		const path = join(pictures, `${name}.png`);
		const clip = (await part?.boundingBox()) ?? undefined;
		await theEditor().page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
		const { size } = statSync(path);
		assert(size < MOST_BYTES, `${path} has ${size} bytes`);
		log(`         picture ${relative(root, path)}, ${Math.ceil(size / 1024)} KB`);
	};
	/** A failure leaves a picture of what the person would have seen. */
	const check = async (name: string, run: () => Promise<void>): Promise<void> => {
		const runOrShow = async (): Promise<void> => {
			try {
				await run();
			} catch (error) {
				const path = join(bench.playground.folder, `failed-${name.replaceAll(/\W+/g, '-')}.png`);
				await editor?.page.screenshot({ path }).catch(() => undefined);
				throw error;
			}
		};
		await checks.check(`Browser: ${name}`, runOrShow, CHECK_TIMEOUT_MS);
	};

	try {
		await checks.check(
			'Browser: Chromium starts',
			async () => {
				browser = await startBrowser(log, signal);
				const context = await browser.newContext({ viewport: VIEW, locale: 'en-GB' });
				context.setDefaultTimeout(STEP_TIMEOUT_MS);
				const page = await context.newPage();
				hear(page, bench);
				editor = new Editor(page, bench.playground.n8n.url);
			},
			9 * 60_000,
		);
		await check('the owner logs in', async () => {
			await theEditor().logIn(bench.playground.n8n.owner);
		});
		const visit: Visit = { bench, check, editor: theEditor, picture };
		await checkCredentialDialog(visit);
		await checkNodePanel(visit);
		await checkFields(visit);
	} finally {
		await browser?.close();
	}
}

/** Keeps what n8n tells the editor, pushed messages included; the editor's own files are left out. */
function hear(page: Page, { answers }: Bench): void {
	page.on('response', (response) => {
		const { pathname } = new URL(response.url());
		if (!/^\/(rest|types)\//.test(pathname)) return;
		const keep = (text: string) => answers.push([`editor, ${pathname}`, text]);
		// A page that was left has no answers any more.
		response.text().then(keep, () => undefined);
	});
	page.on('websocket', (socket) => {
		socket.on('framereceived', ({ payload }) => {
			answers.push(['editor, pushed', payload.toString()]);
		});
	});
}

async function checkCredentialDialog({ bench, check, editor, picture }: Visit): Promise<void> {
	const logIn = logIns(bench).find(({ name }) => name === 'Kingsoft Cloud');
	assert(logIn);
	const { data, secret } = logIn;
	let dialog: CredentialDialog | undefined;
	const theDialog = (): CredentialDialog => {
		assert(dialog, 'the dialog did not open');
		return dialog;
	};

	await check('a credential filled in by hand passes its test', async () => {
		dialog = await editor().newCredential('Kingsoft Cloud API');
		await dialog.choose('environment', 'Custom');
		await dialog.fill('apiAddress', String(data['apiAddress']));
		await dialog.fill('appId', String(data['appId']));
		await dialog.fill(secret, String(data[secret]));
		assert.equal(await dialog.save(), 'Connection tested successfully');
		await picture('credential-test-ok');
	});
	await check('a wrong secret fails it and the person is told what to check', async () => {
		await theDialog().fill(secret, wrongSecret(bench, logIn));
		assert.match(await theDialog().save(), /^Couldn.t connect/);
		const details = await theDialog().details();
		assert.match(details, /Check AppId, Secret/);
		assert(!details.includes(wrongSecret(bench, logIn)), 'the dialog names the secret');
		await picture('credential-test-failed');
	});
	await check('the right secret passes it again', async () => {
		await theDialog().fill(secret, String(data[secret]));
		assert.equal(await theDialog().save(), 'Connection tested successfully');
		await theDialog().close();
	});
}

async function checkNodePanel({ check, editor, picture }: Visit): Promise<void> {
	let panel: NodePanel | undefined;

	await check('the node is found and lists what it can do', async () => {
		await editor().newWorkflow();
		await editor().findNode('Kingsoft', 'Kingsoft Cloud');
		const actions = await editor().actions();
		assert.deepEqual(
			ACTIONS.filter((action) => !actions.includes(action)),
			[],
		);
		await picture('node-operations');
	});
	await check('a ticket is read with a click', async () => {
		panel = await editor().chooseAction('Get a ticket');
		await panel.chooseCredential(CREDENTIAL);
		await panel.enterId('ticketId', '1204');
		const output = await panel.execute();
		assert.match(output, /"title":\s*"测试"/);
		await picture('node-output');
	});
}
