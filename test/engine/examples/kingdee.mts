import { picture, type Examples } from './example.mts';

const id = '2230413444614467584';
const contact = { entity: 'wg_inv_crm_contact', recordId: '1801234567890123457' };

/** How the seed handles its work order, without the order itself. */
export const seedHandling = {
	status: 'F',
	handlingStart: '2025-07-17 08:11:41',
	handlingEnd: '2025-07-17 18:11:41',
	handlerId: '1697009251337127936',
	departmentId: '1697221606960547840',
	progress: '2',
	problemCauseId: '1895123256688528389',
	schemeId: '1895123523051994117',
	resultId: '2028468841138471936',
};

export const kingdee: Examples = {
	'account.getAuthorisations': { parameters: {} },
	'account.getCurrentUser': { parameters: {} },
	'attachment.register': {
		parameters: { url: 'https://tf.jdy.com/ierp/1', fileName: '背景图.png', size: 5 },
	},
	'attachment.upload': { parameters: {}, item: picture },
	'customer.getAll': { parameters: {} },
	'department.getAll': { parameters: {} },
	'processingRecord.getAll': { parameters: {} },
	'record.delete': { parameters: contact },
	'record.get': { parameters: contact },
	'record.getAll': { parameters: { entity: contact.entity } },
	'record.save': {
		parameters: { entity: contact.entity, valuesAs: 'json', data: '{"name": "李女士"}' },
	},
	'staff.getAll': { parameters: {} },
	'workOrder.delete': { parameters: { id } },
	'workOrder.get': { parameters: { id } },
	'workOrder.getAll': { parameters: {} },
	'workOrder.process': {
		parameters: { id, orderNo: 'fwgs-20250605-00000001', ...seedHandling },
	},
	'workOrder.upsert': { parameters: { valuesAs: 'json', data: '{"promble": "漏水"}' } },
};
