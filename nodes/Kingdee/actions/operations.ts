// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as workOrderProcess } from './workOrder/process.operation';

export const resources = { workOrder: { process: workOrderProcess } } satisfies Resources;
