import type { Sandbox } from '../../../sandbox/index.mts';
import type { OwnValues, Plan } from '../plan.mts';

const OWN = '={{ $json.own }}';
const dictionaryId = '={{ $json.uuid }}';
const option = {
	dictionaryId,
	option: { __rl: true, mode: 'id', value: '={{ $json.key }}' } as const,
};

const dictionary =
	(state: '1' | '2') =>
	({ sevenMoor }: Sandbox, { own, uuid, key }: OwnValues) =>
		void sevenMoor.createDictionary({
			_id: uuid,
			name: own,
			options: [
				{ name: '水', key, state, options: [] },
				{ name: '气', key: key.replace(/1$/, '2'), state: '2', options: [] },
			],
		});

const whole = { headers: ['大类', '小类'], optionRows: '水 / 漏水' };

export const sevenMoor: readonly Plan[] = [
	{ name: 'agent.getSkillGroups', parameters: { agentNumber: '8000' }, alike: true },
	{ name: 'dictionary.get', parameters: { dictionaryId }, prepare: dictionary('2') },
	{
		name: 'dictionary.getAll',
		parameters: { filters: { name: OWN } },
		prepare: dictionary('2'),
	},
	{ name: 'dictionaryOption.getAll', parameters: { dictionaryId }, prepare: dictionary('2') },
	{
		name: 'dictionary.create',
		parameters: { name: OWN, optionsAs: 'rows', ...whole },
		writes: 'addDictionary',
	},
	{
		name: 'dictionary.update',
		parameters: { dictionaryId, updateFields: { name: '={{ $json.own }}改' } },
		prepare: dictionary('2'),
		writes: 'updateDictionary',
	},
	{ name: 'dictionary.upsert', parameters: { name: OWN, ...whole }, writes: 'addDictionary' },
	{
		name: 'dictionaryOption.add',
		parameters: { dictionaryId, name: OWN },
		prepare: dictionary('2'),
		writes: 'updateDictionary',
	},
	{
		name: 'dictionaryOption.disable',
		parameters: option,
		prepare: dictionary('2'),
		writes: 'updateDictionary',
	},
	{
		name: 'dictionaryOption.enable',
		parameters: option,
		prepare: dictionary('1'),
		writes: 'updateDictionary',
	},
	{
		name: 'dictionaryOption.rename',
		parameters: { ...option, newName: OWN },
		prepare: dictionary('2'),
		writes: 'updateDictionary',
	},
	{
		name: 'dictionaryOption.syncFromItems',
		parameters: { dictionaryId, levelColumns: { level: [{ column: 'own' }] } },
		prepare: dictionary('2'),
		writes: 'updateDictionary',
		most: 8,
	},
	{
		name: 'workOrder.send',
		parameters: { body: '={{ JSON.stringify({ title: $json.own }) }}' },
		alike: true,
		writes: 'handleBusiness',
	},
];
