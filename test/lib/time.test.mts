import fc from 'fast-check';

import { ValueProblem } from '../../lib/ids';
import {
	isoFromChinaText,
	isoFromMilliseconds,
	isoFromSeconds,
	toChinaText,
	toInstant,
	toIso,
	toSeconds,
	type EpochMs,
} from '../../lib/time';

const handled = Date.UTC(2025, 6, 17, 0, 11, 41);

test.each([
	['2025-07-17T08:11:41+08:00', 'UTC'],
	['2025-07-17T00:11:41Z', 'America/New_York'],
	['2025-07-17T00:11:41.000Z', 'Asia/Tokyo'],
	['2025-07-16T20:11:41-0400', 'UTC'],
	['2025-07-17 08:11:41', 'America/New_York'],
	['2025-07-17T08:11:41', 'Asia/Shanghai'],
	['2025-07-16T20:11:41', 'America/New_York'],
	['1752711101', 'UTC'],
	['1752711101000', 'UTC'],
	[1752711101, 'UTC'],
	[1752711101000, 'UTC'],
	[new Date(handled), 'UTC'],
	[{ toMillis: () => handled }, 'UTC'],
	[' 2025-07-17t00:11:41z ', 'Asia/Tokyo'],
	['2025-07-17T05:41:41 +05:30', 'UTC'],
	['2025-07-16T20:41:41-03:30', 'UTC'],
])('%p read in %s is 08:11:41 China time', (value, zone) => {
	const instant = toInstant(value, zone);
	expect(instant).toBe(handled);
	expect(toChinaText(instant as EpochMs)).toBe('2025-07-17 08:11:41');
	expect(toSeconds(instant as EpochMs)).toBe(1752711101);
});

test.each([
	['2025-07-17', Date.UTC(2025, 6, 17)],
	['2025-07-17T00:11', handled - 41_000],
	['2025-07-17T23:59:59', Date.UTC(2025, 6, 17, 23, 59, 59)],
	['2025-07-17T00:11:41.5', handled + 500],
	['2025-07-17T00:11:41.123456789Z', handled + 123],
	// With a fraction it is not the form that the vendors print.
	['2025-07-17 00:11:41.5', handled + 500],
	['2024-02-29', Date.UTC(2024, 1, 29)],
])('%p read in UTC is the instant %d', (text, instant) => {
	expect(toInstant(text, 'UTC')).toBe(instant);
});

test.each([
	['2025-03-09T03:30:00', Date.UTC(2025, 2, 9, 7, 30)],
	['2025-03-09T01:30:00', Date.UTC(2025, 2, 9, 6, 30)],
	['2025-11-02T03:30:00', Date.UTC(2025, 10, 2, 8, 30)],
	['2025-11-02T00:30:00', Date.UTC(2025, 10, 2, 4, 30)],
])('%s of New York, hours from a change of its clocks, is the instant %d', (text, instant) => {
	expect(toInstant(text, 'America/New_York')).toBe(instant);
});

test.each([
	'tomorrow',
	'2025-02-30',
	'2025-13-01',
	'2025-00-01',
	'2025-07-00',
	'2025-07-17T25:00:00',
	'2025-07-17T24:00:00',
	'2025-07-17T08:60:00',
	'2025-07-17T08:11:60',
	'17.07.2025',
	'0050-07-17',
	'9999-12-31T23:59:59-12:00',
	'+275760-09-13',
	1e21,
	NaN,
	Infinity,
	10n,
	new Date(NaN),
	new Date(8.64e15),
	{ toMillis: () => NaN },
	{ toMillis: () => 8.64e15 },
	-5,
	0,
	{},
	[],
	'on 2025-07-17T08:11:41Z',
	'2025-07-17T08:11:41Z sharp',
	'175271110',
	'17527111010',
	'175271110100',
	'17527111010000',
	'x1752711101',
	'1752711101000x',
])('%p is no date', (value) => {
	const result = toInstant(value, 'UTC') as ValueProblem;
	expect(result.problem).toMatch(/^is not a date: ".*"$/);
	expect(result.advice).toContain('ISO 8601');
});

test.each([
	[-5, '-5'],
	[0, '0'],
	[Infinity, 'Infinity'],
	[true, 'true'],
	[{}, '{}'],
	[[], '[]'],
	[{ toMillis: 'soon' }, '{"toMillis":"soon"}'],
	[{ toMillis: () => NaN }, '{}'],
	[new Date(NaN), 'null'],
])('%p is no date', (value, shown) => {
	const result = toInstant(value, 'UTC') as ValueProblem;
	expect(result.problem).toBe(`is not a date: "${shown}"`);
});

test.each(['', null, undefined])('%p is an empty date', (value) => {
	expect(toInstant(value, 'UTC')).toEqual(new ValueProblem('is empty', 'Enter a date and time.'));
});

test('a reading in a zone with summer time survives the way there and back', () => {
	const zone = 'Europe/Berlin';
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (second) => {
			const reading = format.format(second * 1000).replace(' ', 'T');
			const instant = toInstant(reading, zone) as number;
			// The hour that is put back in autumn has two instants for one reading.
			expect([0, 3_600_000]).toContain(Math.abs(instant - second * 1000));
			expect(format.format(instant).replace(' ', 'T')).toBe(reading);
		}),
	);
});

test('vendor times come out with their zone, unset ones as null', () => {
	expect(isoFromSeconds(1635766132)).toBe('2021-11-01T19:28:52+08:00');
	expect(isoFromSeconds('1635766132')).toBe('2021-11-01T19:28:52+08:00');
	expect(isoFromChinaText('2021-12-03 15:16:12')).toBe('2021-12-03T15:16:12+08:00');
	expect(isoFromChinaText('2021-12-03')).toBe('2021-12-03T00:00:00+08:00');
	expect(toIso((handled + 5) as EpochMs)).toBe('2025-07-17T08:11:41.005+08:00');
	expect(isoFromMilliseconds('1635766132005')).toBe('2021-11-01T19:28:52.005+08:00');
	const wrong = ['x', true, Infinity, 9e15, '1471808049579560960'];
	for (const unset of [0, '', null, undefined, '0', -1, ...wrong]) {
		expect(isoFromSeconds(unset)).toBeNull();
		expect(isoFromMilliseconds(unset)).toBeNull();
	}
	for (const unset of ['', null, undefined, 'never', handled, new Date(handled)]) {
		expect(isoFromChinaText(unset)).toBeNull();
	}
});

test('times reach from the year 1000 to the last moment of the year 9999 in China', () => {
	const first = Date.UTC(1000, 0, 1);
	const last = Date.UTC(9999, 11, 31, 15, 59, 59, 999);
	for (const ms of [first, last]) expect(toInstant(new Date(ms), 'UTC')).toBe(ms);
	for (const ms of [first - 1, last + 1]) {
		expect(toInstant(new Date(ms), 'UTC')).toBeInstanceOf(ValueProblem);
	}
	expect(toInstant('1000-01-01T00:00:00Z', 'UTC')).toBe(first);
	expect(toInstant('9999-12-31 23:59:59', 'UTC')).toBe(last - 999);
	expect(isoFromMilliseconds(last)).toBe('9999-12-31T23:59:59.999+08:00');
	expect(isoFromMilliseconds(last + 1)).toBeNull();
});

test('a bare number counts milliseconds from 1e11 on', () => {
	expect(toInstant(99_999_999_999, 'UTC')).toBe(99_999_999_999_000);
	expect(toInstant(100_000_000_000, 'UTC')).toBe(100_000_000_000);
});

test.each(['x2025-07-17 08:11:41', '2025-07-17 08:11:41x', '2025-07-17  08:11:41'])(
	'%p is not the form of the vendors',
	(text) => {
		expect(toInstant(text, 'UTC')).toBeInstanceOf(ValueProblem);
		expect(isoFromChinaText(text)).toBeNull();
	},
);
