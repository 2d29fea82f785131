import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../../sandbox/index.mts';
import { credentialPlans } from './credentials.mts';
import type { MailSink } from './mailSink.mts';
import type { Log } from './progress.mts';
import { N8nRest, type Credential, type Owner, type SavedWorkflow } from './rest.mts';
import type { SlackSink } from './slackSink.mts';
import { fit, readTemplate, webhookPath } from './templates.mts';

export const MAIL_TO = 'on-call@example.com';

/** What a fresh n8n is given. */
export interface Equipment {
	owner: Owner;
	/** Logged in as the owner. */
	rest: N8nRest;
	/** By credential type. */
	credentials: Record<string, Credential>;
	/** By the name of the template. */
	workflows: Record<string, SavedWorkflow>;
	/** The address of a template's webhook. */
	webhook(template: string): string;
}

export interface EquipOptions {
	/** The address of n8n. */
	url: string;
	sandbox: Sandbox;
	slack: SlackSink;
	mail: MailSink;
	/** Names of files in workflows/, the called ones before those that call them. */
	templates: string[];
	/** How often triggers poll. */
	pollEverySeconds: number;
	log: Log;
}

function makeOwner(): Owner {
	const password = `Demo-${randomBytes(9).toString('base64url')}-1`;
	return { email: 'owner@example.com', password, firstName: 'Demo', lastName: 'Owner' };
}

/** n8n loads what it can and keeps quiet about the rest, so look. */
async function checkNodes(rest: N8nRest, log: Log): Promise<void> {
	const known = (await rest.nodeTypes()).filter(({ name }) =>
		name.startsWith('n8n-nodes-gongdan.'),
	);
	const names = known.map(({ name }) => name.slice(name.indexOf('.') + 1));
	if (names.length === 0) throw new Error('n8n loaded no node of the pack');
	log(`n8n loaded the pack: ${[...new Set(names)].join(', ')}`);
}

/** Sets up the owner, the credentials and the published workflows of a fresh n8n. */
export async function equip(options: EquipOptions): Promise<Equipment> {
	const { url, sandbox, slack, mail, templates, pollEverySeconds, log } = options;
	const owner = makeOwner();
	const rest = new N8nRest(url);
	await rest.setUpOwner(owner);
	await checkNodes(rest, log);

	const credentials: Record<string, Credential> = {};
	for (const { name, type, data } of credentialPlans(sandbox, mail)) {
		const credential = await rest.createCredential(name, type, data);
		const { status, message } = await rest.testCredential(credential);
		if (status !== 'OK') throw new Error(`The credential "${name}" fails its test: ${message}`);
		credentials[type] = credential;
		log(`Credential "${name}" created and tested`);
	}

	const settings = { slackWebhookUrl: slack.url, emailTo: MAIL_TO };
	const paths: Record<string, string> = {};
	const workflows: Record<string, SavedWorkflow> = {};
	for (const name of templates) {
		const fitted = fit(readTemplate(name), { credentials, settings, pollEverySeconds });
		const saved = await rest.createWorkflow(fitted);
		await rest.publish(saved);
		workflows[name] = saved;
		const path = webhookPath(saved);
		if (path !== undefined) paths[name] = path;
		log(`Workflow "${saved.name}" published`);
	}
	const webhook = (template: string): string => {
		const path = paths[template];
		if (path === undefined) throw new Error(`The template "${template}" has no webhook`);
		return `${url}/webhook/${path}`;
	};
	return { owner, rest, credentials, workflows, webhook };
}
