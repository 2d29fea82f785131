import { hasLostDigits, idAsNumber, toIntegerId, toUuid, ValueProblem } from '../../lib/ids';

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
	['a12', /not a whole number: "a12"/],
	['1 2', /not a whole number/],
	['  ', /not a whole number/],
	[NaN, /not a whole number/],
	[Infinity, /not a whole number/],
	[{}, /not a whole number/],
	[true, /not a whole number/],
	['9223372036854775808', /longer than a 64-bit id/],
])('%p is no id', (value, message) => {
	expect(problem(toIntegerId(value))).toMatch(message);
});

test('a value that is shown is cut where it is long', () => {
	expect(problem(toIntegerId('x'.repeat(60)))).toBe(`is not a whole number: "${'x'.repeat(60)}"`);
	expect(problem(toIntegerId('x'.repeat(61)))).toBe(
		`is not a whole number: "${'x'.repeat(57)}..."`,
	);
	expect(problem(toIntegerId({ a: [1] }))).toBe('is not a whole number: "{"a":[1]}"');
	expect(problem(toIntegerId(Symbol('x')))).toBe('is not a whole number: "Symbol(x)"');
});

test.each([
	[toIntegerId(2 ** 60), /text/],
	[toIntegerId(''), /Enter the id/],
	[toIntegerId('a'), /digits/],
	[toIntegerId('9'.repeat(20)), /two ids/],
	[toUuid(''), /standard UUID/],
	[toUuid('a'), /looks like/],
])('%j says what to do', (value, advice) => {
	expect((value as ValueProblem).advice).toMatch(advice);
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
	expect(toUuid(' 75CF1273-042E-A83D-8118-DDFB50AF4AC1\n')).toBe(
		'75CF1273-042E-A83D-8118-DDFB50AF4AC1',
	);
	for (const empty of ['', ' ', null, undefined]) {
		expect(problem(toUuid(empty))).toBe('is empty');
	}
	for (const other of [
		'75cf1273042ea83d8118ddfb50af4ac1',
		'x75cf1273-042e-a83d-8118-ddfb50af4ac1',
		'75cf1273-042e-a83d-8118-ddfb50af4ac1x',
		'75cf127-042e-a83d-8118-ddfb50af4ac1',
		'75cf1273-042-a83d-8118-ddfb50af4ac1',
		'75cf1273-042e-a83-8118-ddfb50af4ac1',
		'75cf1273-042e-a83d-811-ddfb50af4ac1',
		'75cf1273-042e-a83d-8118-ddfb50af4ac',
		'g5cf1273-042e-a83d-8118-ddfb50af4ac1',
	]) {
		expect(problem(toUuid(other))).toBe(`is not a standard UUID: "${other}"`);
	}
});

test.each([
	[9007199254740992, true],
	[-9007199254740992, true],
	[9007199254740991, false],
	[1.5, false],
	[Infinity, false],
	['9007199254740993', false],
])('%p has lost digits: %p', (value, lost) => {
	expect(hasLostDigits(value)).toBe(lost);
});
