import { describeResources } from '../../../lib/describe';
import { resources } from './operations';

export { resources };
export const properties = describeResources(resources, 'workOrder');
