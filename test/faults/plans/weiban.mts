import type { Sandbox } from '../../../sandbox/index.mts';
import type { OwnValues, Plan } from '../plan.mts';

const orderNo = '={{ $json.own }}';
const customerId = '=wm{{ $json.own }}';
const acting = { orderNo, staffId: 'LiuYang' };

const order = ({ weiban }: Sandbox, { own }: OwnValues) =>
	void weiban.createWorkOrder({ order_no: own, title: own });
const customer = ({ weiban }: Sandbox, { own }: OwnValues) =>
	void weiban.directory.addCustomer({ id: `wm${own}` });
const group = ({ weiban }: Sandbox, { own }: OwnValues) =>
	void weiban.directory.addGroup({ group_id: `wr${own}` });

export const weiban: readonly Plan[] = [
	{ name: 'staff.getAll', parameters: {}, alike: true },
	{ name: 'template.get', parameters: { templateId: '62081' }, alike: true },
	{ name: 'template.getAll', parameters: {}, alike: true },
	{ name: 'customer.get', parameters: { customerId }, prepare: customer },
	{ name: 'customer.getSeveral', parameters: { ids: customerId }, prepare: customer },
	{
		name: 'groupChat.get',
		parameters: { groupChatId: '=wr{{ $json.own }}' },
		prepare: group,
	},
	{ name: 'workOrder.get', parameters: { orderNo }, prepare: order },
	{ name: 'workOrder.getAll', parameters: { filters: { title: orderNo } }, prepare: order },
	{ name: 'workOrder.close', parameters: acting, prepare: order, writes: 'workorder/close' },
	{
		name: 'workOrder.comment',
		parameters: { ...acting, text: '已联系客户' },
		prepare: order,
		writes: 'workorder/reply',
	},
	{
		name: 'workOrder.create',
		parameters: {
			templateId: '62081',
			title: '={{ $json.own }}',
			customerId: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg',
			staffId: 'LiuYang',
			form: { mappingMode: 'defineBelow', value: { 电话: '13000000000' } },
		},
		writes: 'workorder/create',
	},
	{
		name: 'workOrder.handOver',
		parameters: { ...acting, handlerId: 'LiHua', text: '请联系客户' },
		prepare: order,
		writes: 'workorder/switch',
	},
	{
		name: 'workOrder.update',
		parameters: { ...acting, title: '={{ $json.own }}改' },
		prepare: order,
		writes: 'workorder/update',
	},
];
