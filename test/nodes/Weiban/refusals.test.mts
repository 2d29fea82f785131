import { refusals } from '../../../nodes/Weiban/transport/refusals.ts';

/** The codes that Weiban publishes beside 0 (sheet weiban §4), but for those that say nothing new. */
const published = [
	10001, 10049, 10052, 10053, 20201, 20202, 20203, 20205, 20206, 20207, 20208, 20209, 22301, 22302,
	22303, 22304, 22305, 22306, 22307, 22309, 22310, 22311, 22312, 22313, 22315, 22316, 22317, 22318,
	223014,
];

test.each(published)('errcode %d comes with a whole sentence of advice', (code) => {
	expect(refusals[code]?.advice).toMatch(/^[A-Z].{20,}\.$/s);
});

test('a wrong token is a matter of the credential, a limit passes, and the rest does neither', () => {
	const causes = Object.fromEntries(
		Object.entries(refusals).map(([code, { cause, retryAfterMs }]) => [
			code,
			{ cause, retryAfterMs },
		]),
	);
	const { 10001: token, 10052: atOnce, 10053: perMinute, ...others } = causes;
	expect(token).toEqual({ cause: 'credential-invalid' });
	expect(atOnce).toEqual({ cause: 'rate-limited' });
	expect(perMinute).toEqual({ cause: 'rate-limited', retryAfterMs: 60_000 });
	for (const other of Object.values(others)) expect(other).toEqual({});
});
