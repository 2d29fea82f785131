import assert from 'node:assert/strict';
import type { Stage } from './stage.mts';

const subject = /^Open Kingsoft Cloud tickets on \d{4}-\d\d-\d\d: (\d+)$/;

/** daily-digest.json: one message whose counts are those of the vendor. */
export async function digest(stage: Stage): Promise<string> {
	const workflow = await stage.bring('daily-digest');
	await workflow.run();

	const tickets = stage.playground.sandbox.kingsoftCloud.tickets();
	const count = (status: number): number =>
		tickets.filter((ticket) => ticket.status === status).length;
	const waiting = count(1);
	const inProgress = count(2);

	const messages = stage.slack((text) => subject.test(text.split('\n')[0] ?? ''));
	assert.equal(messages.length, 1, 'digests in Slack');
	assert.deepEqual(
		stage.mails((line) => subject.test(line)),
		messages,
		'digests by e-mail',
	);
	const [headline = '', ...lines] = (messages[0] ?? '').split('\n');
	assert.equal(subject.exec(headline)?.[1], String(waiting + inProgress), 'all open tickets');
	assert.deepEqual(
		lines.map((line) => line.split(',')[0]).sort(),
		[`In progress: ${inProgress}`, `Waiting: ${waiting}`],
		'counts by status',
	);
	await workflow.publish();
	return `${waiting} waiting and ${inProgress} in progress, as the vendor has them, in one message`;
}
