import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../src/rest.mts';

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

	/** Runs the node and shows its output as JSON. */
	async execute(): Promise<string> {
		await this.root.getByTestId('node-execute-button').click();
		const output = this.root.getByTestId('output-panel');
		await output.getByTestId('node-run-info').waitFor();
		await output.getByTestId('radio-button-json').click();
		await this.editor.closeToasts();
		return await output.getByTestId('ndv-data-container').innerText();
	}
}
