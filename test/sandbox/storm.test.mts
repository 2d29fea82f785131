import type { Call } from '../../sandbox/http.mts';
import { STORM_KINDS, type StormKind, type Vendor } from '../../sandbox/index.mts';
import { Storm, type StormOptions } from '../../sandbox/storm.mts';
import { VENDORS } from '../../sandbox/types.mts';

const call = (path: string, at: number): Call => ({
	at,
	method: 'GET',
	path,
	rawUrl: path,
	query: { access_token: 'a' },
	headers: {},
	body: '',
	parts: [],
});

/** What strikes so many calls that come one after another, every so many ms. */
function weather(options: Partial<StormOptions>, vendor: Vendor, calls = 4_000, everyMs = 1_000) {
	const ends: number[] = [];
	let now = 0;
	const storm = new Storm({ seed: 1, share: 0.2, neverHang: [], ...options }, () => ends.push(now));
	const faults = Array.from({ length: calls }, (_value, index) => {
		now = index * everyMs;
		return storm.strike(vendor, call('/a', now));
	});
	const struck = (kind: StormKind) => storm.struck(vendor, kind);
	return { faults, ends, struck };
}

test('the same seed brings the same storm, another seed another one', () => {
	const { faults } = weather({}, 'weiban');
	expect(weather({}, 'weiban').faults).toEqual(faults);
	expect(weather({ seed: 2 }, 'weiban').faults).not.toEqual(faults);
});

test.each([0, 0.2, 1])('it strikes a share of %f', (share) => {
	const { struck } = weather({ share }, 'kingsoftCloud', 10_000);
	const all = STORM_KINDS.reduce((sum, kind) => sum + struck(kind), 0);
	expect(all / 10_000).toBeCloseTo(share, 1);
});

test.each(VENDORS)('%s meets every kind that it knows', (vendor) => {
	const { struck } = weather({}, vendor);
	const never = STORM_KINDS.filter((kind) => struck(kind) === 0);
	expect(never).toEqual(
		{
			kingdee: [],
			kingsoftCloud: ['trouble', 'sessionOver'],
			sevenMoor: ['sessionOver'],
			weiban: ['trouble'],
		}[vendor],
	);
});

test('calls of a log-in never hang', () => {
	const { struck } = weather({ neverHang: ['/a'] }, 'weiban');
	expect([struck('hang'), struck('hangAfter')]).toEqual([0, 0]);
});

test("Weiban's limit refuses every call for a minute, and is not reached soon after", () => {
	const { faults } = weather({ share: 1 }, 'weiban');
	const refused = faults.map((fault) => fault?.body?.includes('10053') === true);
	const begins = refused.flatMap((is, index) =>
		is && refused[index - 1] !== true && index < 3_900 ? [index] : [],
	);
	expect(begins.length).toBeGreaterThan(5);
	for (const [order, begin] of begins.entries()) {
		expect(refused.slice(begin, begin + 60)).toEqual(Array(60).fill(true));
		expect((begins[order + 1] ?? Infinity) - begin).toBeGreaterThanOrEqual(150);
	}
});

test('a session lasts longer than a call waits', () => {
	const { ends } = weather({ share: 1 }, 'kingdee');
	expect(ends.length).toBeGreaterThan(10);
	for (const [index, end] of ends.slice(1).entries()) {
		expect(end - (ends[index] ?? 0)).toBeGreaterThanOrEqual(90_000);
	}
});
