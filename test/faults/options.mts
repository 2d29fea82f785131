import { parseArgs } from 'node:util';

export interface StormTestOptions {
	readonly operations: number;
	readonly seed: number;
	/** Part of the calls that are struck, in percent. */
	readonly share: number;
	/** Whether the table goes into docs/faults.md. */
	readonly write: boolean;
}

export const usage = `Usage: npm run test:faults [-- options]

Works operations of all four vendors in n8n's engine against the sandbox, while a storm strikes a part of all
calls: errors of servers and gateways, connections that break off before and after the vendor acted, time-outs,
refusals for limits, sessions that end, answers that are broken or slow. Then compares what n8n gave for each
item with what the vendors did. Waits are skipped; it takes a few minutes. Prints a table; the status is 1
when a write was done twice, a result stands at the wrong item, an item has neither result nor error, a read
failed that could have been repeated, or an error says the wrong thing about a write.

  --operations N   how many, over all vendors (10000)
  --seed N         seed of the storm and of the runs (1)
  --share N        percentage of the calls that are struck (20)
  --write          write the table into docs/faults.md
  --help           show this text
`;

function wholeNumber(name: string, text: string, most = 1_000_000_000): number {
	if (!/^\d{1,9}$/.test(text) || Number(text) > most) {
		throw new Error(`--${name} takes a whole number up to ${most}, not "${text}"`);
	}
	return Number(text);
}

/** Undefined where help is asked for. */
export function readOptions(args?: string[]): StormTestOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			operations: { type: 'string', default: '10000' },
			seed: { type: 'string', default: '1' },
			share: { type: 'string', default: '20' },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	return {
		operations: wholeNumber('operations', values.operations),
		seed: wholeNumber('seed', values.seed),
		share: wholeNumber('share', values.share, 100),
		write: values.write,
	};
}
