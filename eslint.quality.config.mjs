// Rules of our own beside n8n's unchanged configuration: types for everything, and which room may know which.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const vendors = ['Kingdee', 'KingsoftCloud', 'SevenMoor', 'Weiban'];

const forbid = (files, patterns, message) => ({
	files,
	rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: patterns, message }] }] },
});

const otherVendors = (vendor) => vendors.filter((other) => other !== vendor).join('|');

export default defineConfig(
	globalIgnores(['dist', '**/node_modules', '.reports', 'playground/.run', '*.mjs', '*.js']),
	{
		files: ['**/*.ts', '**/*.mts'],
		extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: {
				project: ['tsconfig.json', 'tsconfig.dev.json'],
				tsconfigRootDir: import.meta.dirname,
			},
		},
		linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/explicit-module-boundary-types': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			// A vendor's JSON value is a union that includes objects; where text is due, String() is meant.
			'@typescript-eslint/no-base-to-string': 'off',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// Handlers and interfaces ask for async functions that have nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			eqeqeq: 'error',
			'no-console': 'off',
		},
	},
	forbid(['lib/**'], '(nodes|credentials|sandbox|test|playground)/', 'lib/ knows no vendor.'),
	forbid(
		['credentials/**'],
		'(/nodes/|sandbox|playground)',
		'Credentials use lib/ and credentials/signing only.',
	),
	forbid(
		['credentials/signing/**'],
		'^(?!node:crypto$|\\./)',
		'Signing is pure: node:crypto and nothing else.',
	),
	...vendors.map((vendor) =>
		forbid(
			[`nodes/${vendor}/**`],
			`(/(${otherVendors(vendor)})/|/credentials/(?!signing/)|sandbox|playground)`,
			'A vendor is liftable: it uses lib/ and itself.',
		),
	),
	forbid(
		['sandbox/**'],
		'\\.\\./(nodes|credentials|lib)/',
		'The sandbox is a second opinion and shares no code.',
	),
	{
		files: ['test/**/*.test.mts'],
		rules: {
			// jest's matchers are typed as any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
		},
	},
);
