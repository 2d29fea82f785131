import assert from 'node:assert/strict';
import type { Ticket } from '../../sandbox/index.mts';
import type { Stage } from './stage.mts';

const BEGINNING = 'Urgent Kingsoft Cloud tickets not taken for 30 minutes: ';
const urgent = 1;
const normal = 3;
const inProgress = 2;

/** The numbers that a message lists, one line each after the headline. */
function listed(message: string): string[] {
	const [, ...lines] = message.split('\n');
	return lines.map((line) => line.split(' · ')[0] ?? '').sort();
}

/** escalate-unclaimed.json: only what is urgent, old enough and taken by nobody, and that once. */
export async function escalation(stage: Stage): Promise<string> {
	const { kingsoftCloud, clock } = stage.playground.sandbox;
	const minutesAgo = (minutes: number): number => Math.floor(clock.now() / 1000) - 60 * minutes;
	const ticket = (title: string, minutes: number, partial: Partial<Ticket>): string =>
		kingsoftCloud.createTicket({ title, created_time: minutesAgo(minutes), ...partial }).id;

	const first = ticket('专线中断 <核心机房>', 45, { priority: urgent });
	const second = ticket('数据库无法连接', 31, { priority: urgent });
	const fresh = ticket('刚提交的紧急工单', 5, { priority: urgent });
	ticket('已有处理人', 45, { priority: urgent, handler: '38361' });
	ticket('处理中', 45, { priority: urgent, status: inProgress });
	ticket('普通工单', 45, { priority: normal });

	const workflow = await stage.bring('escalate-unclaimed');
	const slack = (): string[] => stage.slack((text) => text.startsWith(BEGINNING));
	const mails = (): string[] => stage.mails((subject) => subject.startsWith(BEGINNING));

	await workflow.run();
	assert.deepEqual(slack().map(listed), [[first, second].sort()], 'the first run in Slack');
	assert.deepEqual(mails().map(listed), [[first, second].sort()], 'the first run by e-mail');

	await workflow.run();
	assert.equal(slack().length, 1, 'Slack messages after the second run');
	assert.equal(mails().length, 1, 'e-mails after the second run');

	kingsoftCloud.changeTicket(fresh, { created_time: minutesAgo(31) });
	await workflow.run();
	assert.deepEqual(slack().slice(1).map(listed), [[fresh]], 'the third run in Slack');
	assert.deepEqual(mails().slice(1).map(listed), [[fresh]], 'the third run by e-mail');

	await workflow.publish();
	return '2 urgent tickets told once, a third when its time had come; fresh, taken and normal ones not';
}
