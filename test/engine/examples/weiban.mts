import type { Examples } from './example.mts';

const orderNo = '1471808049579560960';
const acting = { orderNo, staffId: 'LiuYang' };

const customerId = 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg';

export const weiban: Examples = {
	'customer.get': { parameters: { customerId } },
	'customer.getAll': { parameters: {} },
	'customer.getSeveral': { parameters: { ids: customerId } },
	'groupChat.get': { parameters: { groupChatId: 'wr8xjUCAAAkaiXinQun0000000000001' } },
	'groupChat.getAll': { parameters: {} },
	'staff.getAll': { parameters: {} },
	'template.get': { parameters: { templateId: '62081' } },
	'template.getAll': { parameters: {} },
	'workOrder.close': { parameters: acting },
	'workOrder.comment': { parameters: { ...acting, text: '已联系客户' } },
	'workOrder.create': {
		parameters: {
			templateId: '62081',
			title: '新工单',
			customerId,
			staffId: 'LiuYang',
			form: { mappingMode: 'defineBelow', value: { 电话: '13000000000' } },
		},
	},
	'workOrder.get': { parameters: { orderNo } },
	'workOrder.getAll': { parameters: {} },
	'workOrder.handOver': { parameters: { ...acting, handlerId: 'LiHua', text: '请联系客户' } },
	'workOrder.update': {
		parameters: { ...acting, form: { mappingMode: 'defineBelow', value: { 电话: '13000000000' } } },
	},
};
