import assert from 'node:assert/strict';
import { fit } from '../src/templates.mts';
import { waitFor } from '../src/wait.mts';
import { chain, makeNode, outcomeOf, type Bench, type Json } from './bench.mts';
import type { Checks } from './checks.mts';

const TRIGGER = 'Kingsoft Cloud Trigger';
const POLL_SECONDS = 3;

/** The events of all executions so far, oldest first. */
async function events(bench: Bench, workflowId: string): Promise<Json[]> {
	const executions = await bench.rest.executions({ workflowId });
	const ended = await Promise.all(
		executions.map(async ({ id }) => await bench.rest.executionEnd(id)),
	);
	return ended
		.sort((one, other) => Number(one.id) - Number(other.id))
		.flatMap((execution) => outcomeOf(execution, TRIGGER).items);
}

/** An active workflow that starts with the trigger, polled every few seconds. */
export async function checkTrigger(checks: Checks, bench: Bench): Promise<void> {
	const { rest, sandbox } = bench;
	const { kingsoftCloud } = sandbox;
	const credential = bench.credential('Kingsoft Cloud');
	const lists = (): number =>
		sandbox.requests('kingsoftCloud').filter(({ path }) => path.endsWith('/list_tickets')).length;
	const eventsUpTo = async (count: number, what: string): Promise<Json[]> =>
		await waitFor(
			async () => {
				const found = await events(bench, workflowId);
				return found.length >= count ? found : undefined;
			},
			{ what, timeoutMs: 20_000, everyMs: 500 },
		);
	const at = (event: Json | undefined, name: string): unknown =>
		((event?.['workOrder'] ?? {}) as Json)[name];
	let workflowId = '';
	let ticketId = '';

	await checks.check(
		'Trigger: a published workflow starts by remembering what there is',
		async () => {
			const trigger = makeNode(TRIGGER, 0, {
				type: 'kingsoftCloudTrigger',
				parameters: {
					events: ['created', 'statusChanged', 'closed'],
					pollTimes: {},
					options: {},
				},
				credential,
			});
			const next = makeNode('Next', 1, { type: 'n8n-nodes-base.noOp', parameters: {} });
			const workflow = fit(chain('Events of Kingsoft Cloud', [trigger, next]), {
				credentials: { kingsoftCloudApi: credential },
				pollEverySeconds: POLL_SECONDS,
			});
			const before = lists();
			const saved = await rest.createWorkflow(workflow);
			workflowId = saved.id;
			await rest.publish(saved);
			await waitFor(() => (lists() > before ? true : undefined), {
				what: 'the first poll',
				timeoutMs: 20_000,
			});
			await pollsLater(2);
			assert.deepEqual(await events(bench, workflowId), []);
		},
	);

	/** Waits until the trigger has asked again so often; one poll lists twice or more. */
	async function pollsLater(count: number): Promise<void> {
		const start = Date.now();
		await waitFor(
			() => (Date.now() - start > count * POLL_SECONDS * 1000 + 1000 ? true : undefined),
			{ what: 'polls', timeoutMs: 30_000 },
		);
	}

	await checks.check('Trigger: a new ticket is one event', async () => {
		ticketId = kingsoftCloud.createTicket({ title: '夜间告警' }).id;
		const [event, ...others] = await eventsUpTo(1, 'the event of the new ticket');
		assert.deepEqual(others, []);
		assert.equal(event?.['event'], 'created');
		assert.equal(at(event, 'id'), ticketId);
		assert.equal(at(event, 'title'), '夜间告警');
	});

	await checks.check('Trigger: a change of status is one event', async () => {
		kingsoftCloud.changeTicket(ticketId, { status: 2 });
		const found = await eventsUpTo(2, 'the event of the change');
		assert.equal(found.length, 2);
		assert.equal(found[1]?.['event'], 'statusChanged');
		assert.equal(at(found[1], 'status'), 'inProgress');
	});

	await checks.check('Trigger: closing is one event', async () => {
		const now = Math.floor(sandbox.clock.now() / 1000);
		kingsoftCloud.changeTicket(ticketId, { status: 3, closed_time: now });
		const found = await eventsUpTo(3, 'the event of the closing');
		assert.equal(found.length, 3);
		assert.equal(found[2]?.['event'], 'closed');
		assert.equal(at(found[2], 'status'), 'closed');
	});

	await checks.check('Trigger: later polls repeat nothing', async () => {
		const before = lists();
		await pollsLater(2);
		assert(lists() > before, 'the trigger has stopped polling');
		const found = await events(bench, workflowId);
		assert.deepEqual(
			found.map(({ event }) => event),
			['created', 'statusChanged', 'closed'],
		);
		assert.equal(new Set(found.map(({ id }) => id)).size, 3);
		await rest.unpublish(workflowId);
	});
}
