import type { Examples } from './example.mts';

export const weiban: Examples = {
	'workOrder.get': { parameters: { orderNo: '1471808049579560960' } },
};
