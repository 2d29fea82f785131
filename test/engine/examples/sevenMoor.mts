import type { Examples } from './example.mts';

const dictionaryId = '75cf1273-042e-a83d-8118-ddfb50af4ac1';

export const sevenMoor: Examples = {
	'dictionary.create': {
		parameters: {
			name: '报修类型',
			headers: ['大类', '小类'],
			optionsAs: 'rows',
			optionRows: '水 / 漏水',
		},
	},
	'dictionary.get': { parameters: { findBy: 'id', dictionaryId } },
	'dictionary.getAll': { parameters: {} },
	'dictionary.update': {
		parameters: { dictionaryId, updateFields: { name: '修改接口三级' } },
	},
};
