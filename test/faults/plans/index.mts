import type { Plans } from '../plan.mts';
import { kingdee } from './kingdee.mts';
import { kingsoftCloud } from './kingsoftCloud.mts';
import { sevenMoor } from './sevenMoor.mts';
import { weiban } from './weiban.mts';

/** Operations of every resource, as people use them on many items. */
export const plans: Plans = { kingdee, kingsoftCloud, sevenMoor, weiban };
