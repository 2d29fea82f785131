import { randomUUID } from 'node:crypto';

import type { Uuid } from '../../lib/ids';

/** A new id or key: 7moor lets the caller make them (seed 7moor, add). */
export function newUuid(): Uuid {
	return randomUUID() as string as Uuid;
}
