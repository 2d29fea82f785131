'use strict';

const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const path = require('node:path');
const { dest, series, src } = require('gulp');

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

async function compile() {
	run(require.resolve('typescript/bin/tsc'));
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

exports.build = series(clean, register, compile, assets, metadata);
exports.default = exports.build;
