import { randomUUID } from 'node:crypto';

import { chinaText } from '../clock.mts';

/** Work-order outflow, one object per step action (sheet §6). */
export interface Outflow {
	_id: string;
	customerId: string;
	fields: { name: string; type: string; value: unknown }[];
	user: string;
	createTime: string;
	flowInfo: string;
	stepFields: string;
	action: string;
	stepName: string;
	businessNumber: string;
	processEndTime: string;
	/** The http version of the page: a number of milliseconds. */
	createTimestamp?: number;
	/** The https version of the page: text of milliseconds, spelled so. */
	creatTimestamp?: string;
}

/** Which of the two published versions of the page the object follows. */
export type OutflowVersion = 'http' | 'https';

export function outflow(now: number, version: OutflowVersion): Outflow {
	return {
		_id: randomUUID(),
		customerId: '8f9cbb40-efd7-11ea-ad5c-1b2b5d9c4f30',
		fields: [
			{ name: '预约日期', type: 'date', value: '2020-09-06' },
			{ name: '紧急程度', type: 'radio', value: '高' },
			{ name: '地区', type: 'dropdown', value: ['华东', '上海'] },
			{
				name: '现场照片',
				type: 'file',
				value: [{ name: '照片.png', value: 'https://files.example.test/%E7%85%A7%E7%89%87.png' }],
			},
		],
		user: '8000',
		createTime: chinaText(now),
		flowInfo: '受理',
		stepFields: '',
		action: '提交',
		stepName: '受理',
		businessNumber: '20211203000001',
		processEndTime: '',
		...(version === 'http' ? { createTimestamp: now } : { creatTimestamp: String(now) }),
	};
}
