import type { Examples } from './example.mts';

const orderNo = '1471808049579560960';
const acting = { orderNo, staffId: 'LiuYang' };

export const weiban: Examples = {
	'workOrder.close': { parameters: acting },
	'workOrder.comment': { parameters: { ...acting, text: '已联系客户' } },
	'workOrder.get': { parameters: { orderNo } },
	'workOrder.getAll': { parameters: {} },
	'workOrder.handOver': { parameters: { ...acting, handlerId: 'LiHua', text: '请联系客户' } },
};
