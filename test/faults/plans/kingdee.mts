import type { Sandbox } from '../../../sandbox/index.mts';
import { seedHandling } from '../../engine/examples/kingdee.mts';
import type { OwnValues, Plan } from '../plan.mts';

const OWN = '={{ $json.own }}';
const ORDER_NO = '=fwgs-{{ $json.own }}';

const order = ({ kingdee }: Sandbox, { own }: OwnValues) =>
	void kingdee.createWorkOrder({ id: own, billno: `fwgs-${own}` });

const ofOrder = { entity: 'wg_service_workorder', recordId: OWN };

export const kingdee: readonly Plan[] = [
	{ name: 'account.getCurrentUser', parameters: {}, alike: true },
	{ name: 'account.getAuthorisations', parameters: {}, alike: true },
	{ name: 'staff.getAll', parameters: {}, alike: true },
	{ name: 'customer.getAll', parameters: {}, alike: true },
	{ name: 'record.get', parameters: ofOrder, prepare: order },
	{ name: 'workOrder.get', parameters: { id: OWN }, prepare: order },
	{ name: 'workOrder.getAll', parameters: { filters: { number: OWN } }, prepare: order },
	// A temporary file, of which a second one does no harm.
	{ name: 'attachment.upload', parameters: {}, hasFile: true },
	{
		name: 'attachment.register',
		parameters: { url: 'https://tf.jdy.com/ierp/1', fileName: '={{ $json.own }}.png', size: 5 },
		writes: 'commonApi',
	},
	{ name: 'record.delete', parameters: ofOrder, prepare: order, writes: 'deleteBill' },
	{
		name: 'record.save',
		parameters: {
			entity: 'wg_inv_crm_contact',
			valuesAs: 'json',
			data: '={{ JSON.stringify({ name: $json.own }) }}',
		},
		writes: 'saveBill',
	},
	{ name: 'workOrder.delete', parameters: { id: OWN }, prepare: order, writes: 'deleteBill' },
	{
		name: 'workOrder.process',
		parameters: { id: OWN, orderNo: ORDER_NO, ...seedHandling },
		prepare: order,
		writes: 'wg_handleBillBusinessApi',
	},
	{
		name: 'workOrder.upsert',
		parameters: { valuesAs: 'json', data: '={{ JSON.stringify({ promble: $json.own }) }}' },
		writes: 'saveBill',
	},
];
