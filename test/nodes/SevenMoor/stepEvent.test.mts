import type { JsonObject } from '../../../lib/json';
import { passes, readPush, stepEvent } from '../../../nodes/SevenMoor/trigger/stepEvent';

const ID = 'b7f1c2d0-5f3e-4a55-9d0c-2f6a0d9b1c11';
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');

/** The rows of the published table (sheet 7moor §6). */
const push: JsonObject = {
	_id: ID,
	customerId: '8f9cbb40-efd7-11ea-ad5c-1b2b5d9c4f30',
	fields: [
		{ name: '预约日期', type: 'date', value: '2020-09-06' },
		{ name: '紧急程度', type: 'radio', value: '高' },
		{ name: '地区', type: 'dropdown', value: ['华东', '上海'] },
		{
			name: '现场照片',
			type: 'file',
			value: [
				{ name: '照片.png', value: 'https://files.example.test/1.png' },
				{ name: '', value: 'https://files.example.test/2' },
			],
		},
		{ name: '评分', type: 'stars', value: { stars: 4 } },
		{ name: '备注', type: 'text', value: '' },
	],
	user: '8000',
	createTime: '2020-09-06 10:00:00',
	flowInfo: '受理',
	stepFields: '',
	action: '提交',
	stepName: '受理',
	businessNumber: '20211203000001',
	processEndTime: '2020-09-06 11:30:00',
	createTimestamp: 1599357600123,
};

function eventOf(changes: JsonObject = {}, without: string[] = []) {
	const record = Object.fromEntries(
		Object.entries({ ...push, ...changes }).filter(([name]) => !without.includes(name)),
	);
	const body = bytes(record);
	return stepEvent(readPush(body) ?? {}, body);
}

test('a push becomes an event of the shape that is the same for all vendors', () => {
	expect(eventOf()).toEqual({
		id: expect.stringMatching(new RegExp(`^sevenMoor:${ID}:stepReached:[0-9a-f]{24}$`)),
		event: 'stepReached',
		occurredAt: '2020-09-06T11:30:00+08:00',
		changes: {},
		raw: push,
		workOrder: {
			vendor: 'sevenMoor',
			id: ID,
			number: '20211203000001',
			title: null,
			description: null,
			status: 'unknown',
			vendorStatus: '受理',
			priority: null,
			type: null,
			customer: { id: '8f9cbb40-efd7-11ea-ad5c-1b2b5d9c4f30', name: null },
			requester: { id: null, name: null },
			assignee: { id: '8000', name: null },
			createdAt: '2020-09-06T10:00:00.123+08:00',
			updatedAt: null,
			dueAt: null,
			closedAt: null,
			tags: [],
			attachments: [
				{ name: '照片.png', url: 'https://files.example.test/1.png', size: null, type: null },
				{ name: null, url: 'https://files.example.test/2', size: null, type: null },
			],
			custom: {
				form: {
					预约日期: '2020-09-06',
					紧急程度: '高',
					地区: ['华东', '上海'],
					现场照片: (push.fields as JsonObject[])[3]?.value,
					评分: { stars: 4 },
					备注: null,
				},
				stepName: '受理',
				action: '提交',
				flowInfo: '受理',
				stepFields: null,
				processEndTime: '2020-09-06 11:30:00',
			},
		},
	});
});

test.each([
	['number', { createTimestamp: 1599357600123 }, '2020-09-06T10:00:00.123+08:00'],
	['text', { createTimestamp: '1599357600123' }, '2020-09-06T10:00:00.123+08:00'],
	['other spelling, text', { creatTimestamp: '1599357600000' }, '2020-09-06T10:00:00+08:00'],
	['other spelling, number', { creatTimestamp: 1599357600000 }, '2020-09-06T10:00:00+08:00'],
	['empty, so the text counts', { createTimestamp: '' }, '2020-09-06T10:00:00+08:00'],
	['out of range', { createTimestamp: 1e300 }, '2020-09-06T10:00:00+08:00'],
	['out of range as text', { createTimestamp: '9'.repeat(40) }, '2020-09-06T10:00:00+08:00'],
	['nothing at all', { createTime: '' }, null],
])('time of creation: %s', (_form, changes, expected) => {
	expect(eventOf({ createTimestamp: null, ...changes }).workOrder.createdAt).toBe(expected);
});

test.each([
	['2020-09-06 11:30:00', '2020-09-06T11:30:00+08:00'],
	['1599363000000', '2020-09-06T11:30:00+08:00'],
	[1599363000000, '2020-09-06T11:30:00+08:00'],
	['', null],
	['soon', null],
	[{}, null],
])('time of the happening: %j', (processEndTime, expected) => {
	expect(eventOf({ processEndTime }).occurredAt).toBe(expected);
});

test.each([
	['fields are absent', {}, ['fields'], {}],
	['fields are text', { fields: 'none' }, [], {}],
	['a field is null', { fields: [null, { name: 'A', value: 1 }] }, [], { A: 1 }],
	['a field has no value', { fields: [{ name: 'A', type: 'radio' }] }, [], { A: null }],
	['a name cannot become text', { fields: [{ name: { toString: 1 }, value: 1 }] }, [], { '': 1 }],
	['a field has no name', { fields: [{ type: 'radio', value: 'x' }] }, [], { '': 'x' }],
])('a push is read when %s', (_case, changes, without, form) => {
	expect(eventOf(changes, without).workOrder.custom.form).toEqual(form);
});

test.each([null, 'text', { name: 'one.png', value: 'https://f.test/1' }, [null, 1, {}]])(
	'a file field with %j breaks nothing',
	(value) => {
		const { attachments } = eventOf({ fields: [{ name: 'F', type: 'file', value }] }).workOrder;
		expect(attachments.every(({ size }) => size === null)).toBe(true);
	},
);

test('values of any form break nothing', () => {
	for (const odd of [{ toString: 1, valueOf: 1 }, [], [[]], true, 0, -1, null]) {
		const changes = Object.fromEntries(Object.keys(push).map((name) => [name, odd]));
		const event = eventOf({ ...changes, _id: ID });
		expect(event.workOrder.id).toBe(ID);
		expect(passes(event.raw, { stepNames: ['受理'], actionNames: [] })).toBe(false);
	}
});

test('a work order without a number of its own goes by its id', () => {
	expect(eventOf({}, ['businessNumber']).workOrder.number).toBe(ID);
});

test('long numbers keep their digits', () => {
	const body = Buffer.from('{"_id":1471808049579560961,"user":9007199254740993}');
	const { workOrder, id } = stepEvent(readPush(body) ?? {}, body);
	expect([workOrder.id, workOrder.assignee.id]).toEqual([
		'1471808049579560961',
		'9007199254740993',
	]);
	expect(id).toContain(':1471808049579560961:');
});

test('the same delivery has the same id, another step, end or field another one', () => {
	expect(eventOf().id).toBe(eventOf().id);
	const changed: JsonObject[] = [
		{ stepName: '处理' },
		{ action: '转交' },
		{ processEndTime: '2020-09-06 11:30:01' },
		{ createTimestamp: 1599357600124 },
		{ fields: [] },
	];
	const others = changed.map((changes) => eventOf(changes).id);
	expect(new Set([eventOf().id, ...others]).size).toBe(others.length + 1);
});

const nested = (depth: number) => `{"_id":"1","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

test.each([
	'',
	'{',
	'null',
	'[]',
	'"text"',
	'1',
	'{}',
	'{"_id":""}',
	'{"_id":"  "}',
	'{"_id":null}',
	'{"_id":true}',
	'{"_id":{}}',
	`[${JSON.stringify(push)}]`,
	`${JSON.stringify(push)}x`,
	nested(60),
	nested(200_000),
	`{"n":12345678901234567890,${nested(200_000).slice(1)}`,
])('no push (%#)', (text) => {
	expect(readPush(Buffer.from(text))).toBeUndefined();
});

test('bytes that are no UTF-8 are no push, a byte order mark does not matter', () => {
	expect(readPush(Buffer.from([...Buffer.from('{"_id":"'), 0xff, ...Buffer.from('"}')]))).toBe(
		undefined,
	);
	expect(readPush(Buffer.from('\ufeff{"_id":"1"}'))).toEqual({ _id: '1' });
});

test.each([
	[[], [], true],
	[['受理'], [], true],
	[['处理', '受理'], ['提交'], true],
	[['处理'], [], false],
	[['受理'], ['转交'], false],
	[[], ['提交'], true],
])('filter by steps %j and actions %j: %j', (stepNames, actionNames, expected) => {
	expect(passes(push, { stepNames, actionNames })).toBe(expected);
});
