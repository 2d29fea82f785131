import { objectsIn } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { outputChoice, shaper } from '../../../../lib/output';
import { toSkillGroup, type SkillGroup } from '../../skillGroup';
import { callSevenMoor } from '../../transport';

const output = outputChoice(
	['number', 'name', 'penalty', 'updatedAt'] as const satisfies readonly (keyof SkillGroup)[],
	'Four fields: number and name of the group, penalty, time of the last change',
);

/** POST /v20210827/user/queryQueue (sheet 7moor §3.4). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Skill Groups',
		action: 'Get skill groups of an agent',
		description: 'Get the skill groups (queues) that an agent is in, for calls or for chats',
	},
	fields: [
		{
			displayName: 'Agent Number',
			name: 'agentNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 8000',
			description: 'Number of the agent (exten). 7moor publishes no list of agents.',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Calls', value: 'call' },
				{ name: 'Chats', value: 'im' },
			],
			default: 'call',
			description: 'What the groups are for',
		},
		...output.fields,
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, output, toSkillGroup);
		const body = {
			exten: fields.text('agentNumber').trim(),
			type: fields.choice('type', ['call', 'im'] as const),
		};
		const { list } = await callSevenMoor(item, 'queryQueue', body);
		return objectsIn(list).map(shape);
	},
};
