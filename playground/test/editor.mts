import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';

const MOST_RUNS = 3;

/** n8n's editor, by what a person does in it. */
export class Editor {
	readonly page: Page;
	readonly #url: string;

	constructor(page: Page, url: string) {
		this.page = page;
		this.#url = url;
	}

	async logIn({ email, password }: Owner): Promise<void> {
		const { page } = this;
		await page.goto(`${this.#url}/signin`);
		await page.getByTestId('emailOrLdapLoginId').locator('input').fill(email);
		await page.getByTestId('password').locator('input').fill(password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		await page.getByTestId('add-resource-buttons').waitFor();
	}

	/** Opens the dialog of a new credential. */
	async newCredential(type: string): Promise<CredentialDialog> {
		const { page } = this;
		await page.goto(`${this.#url}/home/credentials/create`);
		await page.getByTestId('new-credential-type-select').locator('input').fill(type);
		await page.getByTestId('new-credential-type-select-option').filter({ hasText: type }).click();
		await page.getByTestId('new-credential-type-button').click();
		const dialog = page.getByTestId('editCredential-modal');
		await dialog.getByTestId('credential-save-button').waitFor();
		return new CredentialDialog(this, dialog);
	}

	/** A new workflow that a person starts by hand. */
	async newWorkflow(): Promise<void> {
		const { page } = this;
		await page.goto(`${this.#url}/workflow/new`);
		await page.getByTestId('canvas-add-button').waitFor();
		await this.#searchNodes('Trigger manually');
		await this.#creatorItem('Trigger manually').click();
		await page.getByTestId('canvas-node').first().waitFor();
	}

	/** Finds a node and shows the list of its actions. */
	async findNode(search: string, name: string): Promise<void> {
		await this.#searchNodes(search);
		await this.#creatorItem(name).click();
		await this.page.getByTestId('node-creator-category-item').first().waitFor();
	}

	async actions(): Promise<string[]> {
		return await this.page.getByTestId('node-creator-item-name').allInnerTexts();
	}

	async chooseAction(name: string): Promise<NodePanel> {
		await this.#creatorItem(name).click();
		const panel = this.page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		return new NodePanel(this, panel);
	}

	/** Opens one node of a saved workflow. */
	async openNode(workflowId: string, name: string): Promise<NodePanel> {
		const { page } = this;
		await page.goto(`${this.#url}/workflow/${workflowId}`);
		await page
			.getByTestId('canvas-node')
			.filter({ has: page.getByText(name, { exact: true }) })
			.dblclick();
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		return new NodePanel(this, panel);
	}

	/** What n8n says in a corner, which is put away. */
	async toast(): Promise<string> {
		const text = await this.page.locator('.el-notification').first().innerText();
		await this.closeToasts();
		return text;
	}

	/** Puts away what n8n shows in a corner for some seconds. */
	async closeToasts(): Promise<void> {
		const toasts = this.page.locator('.el-notification');
		while ((await toasts.count()) > 0) {
			for (const toast of await toasts.elementHandles()) {
				const close = await toast.$('.el-notification__closeBtn');
				await close?.click({ timeout: 1000 }).catch(() => undefined);
				await toast.waitForElementState('hidden');
			}
		}
	}

	async #searchNodes(text: string): Promise<void> {
		const { page } = this;
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('node-creator-search-bar').fill(text);
	}

	#creatorItem(name: string): Locator {
		return this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true }).first();
	}
}

/** Fields of a credential or a node, by their names. */
class Form {
	protected readonly editor: Editor;
	protected readonly root: Locator;

	constructor(editor: Editor, root: Locator) {
		this.editor = editor;
		this.root = root;
	}

	async fill(field: string, value: string): Promise<void> {
		await this.root.getByTestId(`parameter-input-${field}`).locator('input').fill(value);
	}

	async choose(field: string, option: string): Promise<void> {
		await this.root.getByTestId(`parameter-input-${field}`).click();
		await this.editor.page.getByRole('option', { name: option, exact: true }).click();
	}

	/** The names that a field offers to choose from. */
	async choices(field: string): Promise<string[]> {
		const { page } = this.editor;
		await this.root.getByTestId(`parameter-input-${field}`).click();
		const options = page.getByRole('option').filter({ visible: true });
		await options.first().waitFor();
		const names = await options.allInnerTexts();
		await page.keyboard.press('Escape');
		return names.map((name) => name.split('\n')[0] ?? '');
	}
}

export class CredentialDialog extends Form {
	/** Saves, which tests the credential, too; answers what n8n then says. */
	async save(): Promise<string> {
		const { page } = this.editor;
		const tested = page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.root.getByTestId('credential-save-button').click();
		const { data } = (await (await tested).json()) as { data: { status: 'OK' | 'Error' } };
		const passed = this.root.getByText('Connection tested successfully');
		const failed = this.root.getByText(/^Couldn.t connect/);
		const [now, before] = data.status === 'OK' ? [passed, failed] : [failed, passed];
		await before.waitFor({ state: 'hidden' });
		const text = await now.innerText();
		await this.editor.closeToasts();
		return text.trim();
	}

	/** Unfolds the reason of a failed test. */
	async details(): Promise<string> {
		await this.root.getByText('More details').click();
		await this.root.getByText('More details').waitFor({ state: 'hidden' });
		return await this.root.getByTestId('node-credentials-config-container').innerText();
	}

	async close(): Promise<void> {
		await this.editor.page.keyboard.press('Escape');
		await this.root.waitFor({ state: 'hidden' });
	}
}

export class NodePanel extends Form {
	async chooseCredential(name: string): Promise<void> {
		await this.root.getByTestId('node-credentials-select').click();
		const items = this.editor.page.locator('[data-test-id^="node-credentials-select-item-"]');
		await items.filter({ hasText: name }).first().click();
	}

	/** Everything that can be set, as far as it is visible. */
	get parameters(): Locator {
		return this.root.getByTestId('node-parameters');
	}

	async toggle(field: string): Promise<void> {
		await this.root.getByTestId(`parameter-input-${field}`).locator('.el-switch').click();
	}

	/** Opens the list of a field that takes an id. */
	async openList(field: string): Promise<List> {
		const locator = this.root.getByTestId(`resource-locator-${field}`);
		await locator.getByTestId('rlc-input').click();
		return new List(this.editor, locator);
	}

	/** Enters an id in place of picking one. */
	async enterId(field: string, id: string): Promise<void> {
		const locator = this.root.getByTestId(`resource-locator-${field}`);
		await locator.getByTestId('rlc-mode-selector').click();
		await this.editor.page.getByTestId('mode-id').filter({ visible: true }).click();
		await locator.getByTestId('rlc-input').fill(id);
		await locator.getByTestId('rlc-input').blur();
	}

	/** The fields of a form that the vendor defines, by their labels. */
	async mappedFields(): Promise<string[]> {
		const form = this.root.getByTestId('mapping-fields-container');
		const labels = form.locator('label[for^="value["]');
		await labels.first().waitFor();
		return (await labels.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? '');
	}

	async clickExecute(): Promise<void> {
		await this.root.getByTestId('node-execute-button').click();
	}

	/** Runs the node and shows its output as JSON. */
	async execute(): Promise<string> {
		const output = await this.#run();
		const error = output.getByTestId('node-error-message');
		if (await error.isVisible()) assert.fail(await error.innerText());
		await output.getByTestId('radio-button-json').click();
		await this.editor.closeToasts();
		const text = await output.getByTestId('ndv-data-container').innerText();
		return text.replaceAll('\u00a0', ' ');
	}

	/** Runs the node, which fails; answers what the person is told. */
	async executeInVain(): Promise<string> {
		const output = await this.#run();
		await this.editor.closeToasts();
		return await output.getByTestId('node-error-message').innerText();
	}

	/**
	 * Answers the output when the run has ended; what was shown before goes when it begins. The editor takes
	 * an edit over a moment after it was made: until then it refuses to start, or calls the output outdated.
	 */
	async #run(): Promise<Locator> {
		const { page } = this.editor;
		const output = this.root.getByTestId('output-panel');
		const outdated = output.getByTestId('node-run-info-stale');
		const refused = page.locator('.el-notification').filter({ hasText: 'cannot start' });
		for (let runs = 0; runs < MOST_RUNS; runs++) {
			await this.editor.closeToasts();
			const begun = page.waitForResponse((response) => response.url().endsWith('/run'));
			await this.clickExecute();
			await Promise.any([begun, refused.waitFor()]);
			const ended = output.getByTestId('node-run-info').or(outdated);
			await ended.or(refused).first().waitFor();
			if ((await ended.isVisible()) && !(await outdated.isVisible())) return output;
		}
		assert.fail(`The editor did not take the edits over in ${MOST_RUNS} runs`);
	}
}

/** The open list of a field that takes an id. */
export class List {
	readonly #editor: Editor;
	readonly #locator: Locator;

	constructor(editor: Editor, locator: Locator) {
		this.#editor = editor;
		this.#locator = locator;
	}

	get #entries(): Locator {
		return this.#editor.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** Waits until the list has exactly these entries. */
	async has(expected: string[]): Promise<void> {
		let entries: string[] = [];
		const asExpected = async (): Promise<true | undefined> => {
			entries = await this.#entries.allInnerTexts();
			return isDeepStrictEqual(entries, expected) || undefined;
		};
		await waitFor(asExpected, { what: 'the list', timeoutMs: 15_000 }).catch(() => {
			assert.deepEqual(entries, expected);
		});
	}

	async search(text: string): Promise<void> {
		await this.#editor.page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
	}

	async pick(entry: string): Promise<void> {
		await this.#entries.filter({ hasText: entry }).click();
		await this.#entries.first().waitFor({ state: 'hidden' });
	}

	/** What the person is told in place of a list that could not be read. */
	async error(): Promise<string> {
		const error = this.#editor.page.getByTestId('rlc-error-container').filter({ visible: true });
		await error.waitFor();
		return await error.innerText();
	}

	/** How the field shows what was picked. */
	async shown(): Promise<string> {
		return await this.#locator.getByTestId('rlc-input').inputValue();
	}
}
