import { parseArgs } from 'node:util';

import { startSandbox } from './index.mts';
import type { SandboxOptions } from './index.mts';
import { VENDORS } from './types.mts';

const HELP = `The four vendors on 127.0.0.1, with everything needed to log in.

  node sandbox/main.mts [options]      (Node 24)

  --port <first>     five ports in a row from <first>: ${VENDORS.join(', ')}, control
                     (default: free ports)
  --json             print addresses and accounts as one line of JSON
  --help             this text

Stops on SIGINT and SIGTERM. sandbox/README.md describes the control interface.
`;

const { values } = parseArgs({
	options: {
		port: { type: 'string' },
		json: { type: 'boolean', default: false },
		help: { type: 'boolean', short: 'h', default: false },
	},
});

if (values.help) {
	process.stdout.write(HELP);
} else {
	await run(values.port, values.json);
}

async function run(firstPort: string | undefined, asJson: boolean) {
	const sandbox = await startSandbox({ ports: portsFrom(firstPort) });
	const { addresses, accounts } = sandbox;
	process.stdout.write(
		`${JSON.stringify({ addresses, accounts }, null, asJson ? undefined : '\t')}\n`,
	);
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function portsFrom(first: string | undefined): SandboxOptions['ports'] {
	if (first === undefined) return {};
	const port = Number(first);
	if (!Number.isInteger(port) || port < 1) {
		process.stderr.write(`--port must be a port number, not ${first}\n`);
		process.exit(2);
	}
	return Object.fromEntries([...VENDORS, 'control'].map((name, index) => [name, port + index]));
}
