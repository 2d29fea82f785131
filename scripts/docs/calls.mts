import { readFileSync } from 'node:fs';

import type { RecordedRequest, Vendor } from '../../sandbox/index.mts';
import type { MeasuredOperation } from './measure.mts';
import type { DescribedOperation } from './nodes.mts';
import { vendorCalls, type VendorCall } from './vendorCalls.mts';

const isOf =
	({ vendor, method, path }: VendorCall) =>
	(request: RecordedRequest) =>
		request.vendor === vendor &&
		request.method === method &&
		(request.path === path || request.path.startsWith(`${path}/`));

/** The longest documented path that fits: some begin with the whole of another. */
function callOf(request: RecordedRequest): VendorCall | undefined {
	return vendorCalls
		.filter((call) => isOf(call)(request))
		.sort((a, b) => b.path.length - a.path.length)[0];
}

const shown = ({ method, path }: { method: string; path: string }) => `${method} \`${path}\``;

/** Where the sandbox keeps files for download: at the vendor another host, whose addresses live for minutes. */
const STORAGE = '/ks3/';

function nameOf(request: RecordedRequest): string {
	const call = callOf(request);
	if (call !== undefined) return shown(call);
	if (request.path.startsWith(STORAGE)) return 'GET of the file';
	throw new Error(
		`${shown(request)} is made, but no documented call (scripts/docs/vendorCalls.mts)`,
	);
}

function countedCalls(requests: readonly RecordedRequest[]): string {
	const counts = new Map<string, number>();
	for (const request of requests) {
		const text = nameOf(request);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join(', ');
}

/** What each operation asks of its vendor for one item, in a session that is open. */
export function requestTable(
	operations: readonly DescribedOperation[],
	measured: readonly MeasuredOperation[],
): string[] {
	const rows = operations.map(({ node, name, labels }) => {
		const found = measured.find((one) => one.vendor === node && one.name === name);
		if (found === undefined) {
			throw new Error(`${node} ${name} has no example in test/engine/examples`);
		}
		const { length } = found.requests;
		return `| ${labels.node} | ${labels.resource} | ${labels.operation} | ${length} | ${countedCalls(found.requests)} |`;
	});
	return [
		'| node | resource | operation | requests | vendor calls |',
		'| --- | --- | --- | --- | --- |',
		...rows,
	];
}

const vendorNames: Readonly<Record<Vendor, string>> = {
	kingdee: 'Kingdee',
	kingsoftCloud: 'Kingsoft Cloud',
	sevenMoor: '7moor',
	weiban: 'Weiban',
};

/**
 * Every call that the vendors document, and what makes it.
 *
 * @throws Error where a call is neither made nor explained in docs/not-covered.md, or both
 */
export function callTable(
	operations: readonly DescribedOperation[],
	measured: readonly MeasuredOperation[],
): string[] {
	const reasons = readFileSync('docs/not-covered.md', 'utf8');
	const problems: string[] = [];
	const rows = vendorCalls.map((call) => {
		const users = measured
			.filter(({ requests }) => requests.some((request) => callOf(request) === call))
			.flatMap(({ vendor, name }) =>
				operations
					.filter((operation) => operation.node === vendor && operation.name === name)
					.map(({ labels }) => `${labels.resource}: ${labels.operation}`),
			);
		const made = [...users, ...(call.by === undefined ? [] : [call.by])];
		const explained = reasons.includes(`\`${call.path}\``);
		if (made.length === 0 && !explained) {
			problems.push(`${shown(call)} is made by nothing and missing in docs/not-covered.md`);
		}
		if (made.length > 0 && explained) {
			problems.push(`docs/not-covered.md lists ${shown(call)}, which is made`);
		}
		const by = made.length === 0 ? '[not covered](not-covered.md)' : made.join(', ');
		return `| ${vendorNames[call.vendor]} | ${shown(call)} | ${call.what} | ${by} |`;
	});
	if (problems.length > 0) throw new Error(problems.join('\n'));
	return ['| vendor | call | what it does | made by |', '| --- | --- | --- | --- |', ...rows];
}
