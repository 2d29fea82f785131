import { outputChoice } from '../../../lib/output';
import type { Saved } from '../saved';

/** The output of everything that saves records. */
export const savedOutput = outputChoice(
	['id', 'number', 'created', 'message'] as const satisfies readonly (keyof Saved)[],
	'Which record was saved and whether it is new',
);
