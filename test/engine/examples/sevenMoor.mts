import type { Examples } from './example.mts';

const dictionaryId = '75cf1273-042e-a83d-8118-ddfb50af4ac1';

const option = {
	dictionaryId,
	option: { __rl: true, mode: 'id', value: '2546b891-9593-64b0-82e0-3485251c6a5a' } as const,
};

export const sevenMoor: Examples = {
	'agent.getSkillGroups': { parameters: { agentNumber: '8000' } },
	'dictionary.create': {
		parameters: {
			name: '报修类型',
			headers: ['大类', '小类'],
			optionsAs: 'rows',
			optionRows: '水 / 漏水',
		},
	},
	'dictionary.get': { parameters: { dictionaryId } },
	'dictionary.getAll': { parameters: {} },
	'dictionary.update': {
		parameters: { dictionaryId, updateFields: { name: '修改接口三级' } },
	},
	'dictionary.upsert': {
		parameters: { name: '报修类型', headers: ['大类', '小类'], optionRows: '水 / 漏水' },
	},
	'dictionaryOption.add': { parameters: { dictionaryId, name: '电' } },
	// Every option of the seed is disabled.
	'dictionaryOption.disable': {
		parameters: option,
		prepare: ({ sevenMoor: vendor }) => {
			for (const { options } of vendor.dictionaries())
				for (const entry of options) entry.state = '2';
		},
	},
	'dictionaryOption.enable': { parameters: option },
	'dictionaryOption.getAll': { parameters: { dictionaryId } },
	'dictionaryOption.rename': { parameters: { ...option, newName: '电' } },
	'dictionaryOption.syncFromItems': {
		parameters: { dictionaryId, levelColumns: { level: [{ column: 'kind' }] } },
		item: { json: { kind: '电' } },
	},
	'workOrder.send': { parameters: { body: '{"title":"漏水"}' } },
};
