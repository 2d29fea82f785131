// Runs a command with the project's dependencies and Node 24, bringing both first where they are missing.
// Plain JavaScript because the machine's own, possibly older, Node has to be able to start it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.installed-from');

const usage = `Usage: node scripts/with-node.mjs COMMAND [ARG ...]

Runs COMMAND in a shell with node_modules/.bin first on the PATH, so that "node" is the Node 24
that package.json pins. Installs the dependencies first when package-lock.json has changed.
`;

function lockHash() {
	return createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
}

function isInstalled() {
	return (
		existsSync(stampFile) &&
		readFileSync(stampFile, 'utf8') === lockHash() &&
		existsSync(join(modules, '.bin', 'node'))
	);
}

function npm(step, args) {
	console.error(`[setup] ${step}`);
	const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
	if (status !== 0) {
		console.error(`[setup] "npm ${args.join(' ')}" ended with status ${status}.`);
		process.exit(status ?? 1);
	}
}

function install() {
	// Scripts stay off: some packages download from the internet in theirs. Only "node" needs its own.
	npm('installing the development dependencies (about two minutes, once)', [
		'ci',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
	]);
	npm('bringing Node 24', ['rebuild', 'node', '--loglevel=error']);
	writeFileSync(stampFile, lockHash());
}

const command = process.argv.slice(2);
if (command.length === 0 || command[0] === '--help') {
	process.stdout.write(usage);
	process.exit(command.length === 0 ? 2 : 0);
}
if (!isInstalled()) install();

const parent = process.ppid;
const child = spawn(command.join(' '), {
	cwd: root,
	shell: true,
	stdio: 'inherit',
	env: { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}` },
});
// A SIGTERM to npm ends npm alone; whoever it started would run on without a parent.
setInterval(() => {
	if (process.ppid !== parent) child.kill('SIGTERM');
}, 1_000).unref();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
