import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName, compareTexts } from '../../lib/compareTexts.ts';

test('texts stand in the order of their characters, equal ones stay where they are', () => {
	expect([compareTexts('a', 'b'), compareTexts('b', 'a'), compareTexts('a', 'a')]).toEqual([
		-1, 1, 0,
	]);
	expect(['b', '', 'B', 'ab', 'a'].sort(compareTexts)).toEqual(['', 'B', 'a', 'ab', 'b']);
});

test('fields stand in the order of their titles', () => {
	const field = (displayName: string, name: string) => ({ displayName, name }) as INodeProperties;
	const fields = [field('Status', 'a'), field('Name', 'b'), field('Name', 'a')];
	expect(fields.sort(byDisplayName).map(({ name }) => name)).toEqual(['b', 'a', 'a']);
});
