import { join } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '..', '..');

/** Holds the n8n installation. */
export const playground = join(root, 'playground');

/** Everything a run writes; not under version control. */
export const runs = join(playground, '.run');

export const workflowsFolder = join(root, 'workflows');
