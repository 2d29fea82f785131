/** One skill group of one agent (sheet §3.4). */
export interface SkillGroup {
	/** Number of the agent who is in it. */
	agent: string;
	type: 'im' | 'call';
	displayName: string;
	/** Number of the group. */
	exten: string;
	/** Its form is not described. */
	updateTime: string;
	penalty: string;
}

/** Agent 8000 is in two groups for calls and one for chats; 8001 is in one for calls. */
export function seedSkillGroups(): SkillGroup[] {
	const updateTime = '2021-12-03 15:16:12';
	return [
		{ agent: '8000', type: 'call', displayName: '售后组', exten: '1000', updateTime, penalty: '0' },
		{ agent: '8000', type: 'call', displayName: '投诉组', exten: '1001', updateTime, penalty: '5' },
		{ agent: '8000', type: 'im', displayName: '在线组', exten: '2000', updateTime, penalty: '0' },
		{ agent: '8001', type: 'call', displayName: '售后组', exten: '1000', updateTime, penalty: '1' },
	];
}
