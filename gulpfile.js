'use strict';

const { spawnSync } = require('node:child_process');
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { buildSync } = require('esbuild');
const { dest, series, src } = require('gulp');
const { n8n } = require('./package.json');

function run(script, ...args) {
	const { status } = spawnSync(process.execPath, [script, ...args], {
		cwd: __dirname,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`${path.basename(script)} ended with status ${status}`);
}

async function clean() {
	rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
}

/** The registries of operations follow from the folders. */
async function register() {
	run(path.join(__dirname, 'scripts/register.mts'));
}

async function check() {
	run(require.resolve('typescript/bin/tsc'), '--noEmit');
}

/** "dist/nodes/Weiban/Weiban.node.js" as the file's place in dist, its source and the class in it. */
const classes = [...n8n.nodes, ...n8n.credentials].map((file) => {
	const source = file.replace(/^dist\//, './').replace(/\.js$/, '');
	return { file, source, name: path.basename(file).split('.')[0] };
});

/**
 * One file for all nodes and credentials: to find, read and compile hundreds of small ones takes n8n three
 * times as long. Names stay whole; a formatter brings the white space back.
 */
async function bundle() {
	const sources = classes.map(({ name, source }) => `export { ${name} } from '${source}';`);
	// The tests let the nodes forget what they know of the vendors' limits.
	sources.push("export { forgetCalls } from './lib/governor';");
	buildSync({
		stdin: { contents: sources.join('\n'), resolveDir: __dirname, loader: 'ts' },
		outfile: 'dist/pack.js',
		bundle: true,
		external: ['n8n-workflow'],
		platform: 'node',
		format: 'cjs',
		charset: 'utf8',
		minifyWhitespace: true,
		lineLimit: 1000,
		banner: { js: "'use strict';" },
		logLevel: 'warning',
	});
	for (const { file, name } of classes) {
		const pack = path.relative(path.dirname(file), 'dist/pack.js');
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `exports.${name} = require('${pack}').${name};\n`);
	}
}

/** Icons, codex files and output schemas, byte for byte beside the compiled nodes. */
function assets() {
	return src(
		[
			'nodes/**/*.svg',
			'credentials/**/*.svg',
			'nodes/**/*.node.json',
			'nodes/**/__schema__/**/*.json',
		],
		{ base: '.', encoding: false },
	).pipe(dest('dist'));
}

/** dist/known and dist/types let n8n start without requiring every node; the version is baked in. */
async function metadata() {
	run(require.resolve('n8n-core/bin/generate-metadata'));
}

exports.build = series(clean, register, check, bundle, assets, metadata);
exports.default = exports.build;
