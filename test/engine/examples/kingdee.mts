import type { Examples } from './example.mts';

export const kingdee: Examples = {
	'workOrder.process': {
		parameters: {
			id: '2230413444614467584',
			orderNo: 'fwgs-20250605-00000001',
			status: 'F',
			handlingStart: '2025-07-17 08:11:41',
			handlingEnd: '2025-07-17 18:11:41',
			handlerId: '1697009251337127936',
			departmentId: '1697221606960547840',
			progress: '2',
			problemCauseId: '1895123256688528389',
			schemeId: '1895123523051994117',
			resultId: '2028468841138471936',
		},
	},
};
