import axios from 'axios';
import assert from 'node:assert/strict';
import type { Bench, Json } from '../bench.mts';
import type { Checks } from '../checks.mts';

export interface Answer {
	status: number;
	body: string;
}

/** What a vendor, or somebody else, sends to a webhook. */
export async function post(
	url: string,
	body: string,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const { status, data } = await axios.post<string>(url, body, {
		headers: { 'content-type': 'application/json', ...headers },
		proxy: false,
		timeout: 20_000,
		responseType: 'text',
		// As it is: axios would parse it.
		transformRequest: (text: string) => text,
		transformResponse: (text: string) => text,
		validateStatus: null,
		maxBodyLength: Infinity,
	});
	return { status, body: data };
}

export interface InboundCredential {
	name: string;
	type: string;
	values: Record<string, string>;
	/** The fields that must stay secret. */
	secrets: string[];
	/** Values that cannot be right, and what a person has to be told. */
	mistake: Record<string, string>;
	hint: RegExp;
}

/** A credential for what a vendor sends: nobody can be asked, so the test looks at its form. */
export async function checkInboundCredential(
	checks: Checks,
	bench: Bench,
	{ name, type, values, secrets, mistake, hint }: InboundCredential,
): Promise<void> {
	for (const field of secrets) bench.secrets.add(values[field] ?? '');
	await checks.check(`${name}: right values pass the credential test`, async () => {
		const credential = await bench.addCredential(name, type, values);
		const { status, message } = await bench.rest.testCredential(credential);
		assert.equal(status, 'OK', message);
	});
	await checks.check(`${name}: a mistake gets a text that helps`, async () => {
		const data: Json = { ...values, ...mistake };
		const credential = await bench.rest.createCredential(`${name}, wrong`, type, data);
		const { status, message } = await bench.rest.testCredential(credential);
		assert.equal(status, 'Error', message);
		assert.match(message, hint);
		for (const field of secrets) assert(!message.includes(String(data[field])), message);
	});
}
