import { idAsNumber, toIntegerId, toUuid, ValueProblem } from '../../lib/ids';

const problem = (value: unknown) => (value instanceof ValueProblem ? value.problem : undefined);

test.each([
	['1204', '1204'],
	[' 2230413444614467584 ', '2230413444614467584'],
	['9223372036854775807', '9223372036854775807'],
	[1204, '1204'],
	[9007199254740991, '9007199254740991'],
	[9007199254740993n, '9007199254740993'],
])('%p is the id %s', (value, id) => {
	expect(toIntegerId(value)).toBe(id);
});

test.each([
	[9007199254740992, /lost its last digits/],
	[1.5, /not a whole number/],
	[-1, /not a whole number/],
	['', /is empty/],
	[null, /is empty/],
	[undefined, /is empty/],
	['12a', /not a whole number: "12a"/],
	['1e3', /not a whole number/],
	[{}, /not a whole number/],
	[true, /not a whole number/],
	['9223372036854775808', /longer than a 64-bit id/],
])('%p is no id', (value, message) => {
	expect(problem(toIntegerId(value))).toMatch(message);
});

test('an id as a JSON number loses leading zeros only', () => {
	const id = toIntegerId('007');
	expect(id).toBe('007');
	expect(JSON.stringify(idAsNumber(id as Exclude<typeof id, ValueProblem>))).toBe('7');
});

test('a UUID needs its standard form', () => {
	expect(toUuid('75cf1273-042e-a83d-8118-ddfb50af4ac1')).toBe(
		'75cf1273-042e-a83d-8118-ddfb50af4ac1',
	);
	expect(problem(toUuid(''))).toMatch(/is empty/);
	expect(problem(toUuid('75cf1273042ea83d8118ddfb50af4ac1'))).toMatch(/not a standard UUID/);
});
