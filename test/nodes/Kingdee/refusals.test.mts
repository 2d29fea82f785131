import {
	foundNoRoute,
	plainRefusalIn,
	refusalIn,
	succeeded,
} from '../../../nodes/Kingdee/transport/envelope.ts';
import { adviceFor } from '../../../nodes/Kingdee/transport/refusals.ts';
import type { VendorAnswer } from '../../../lib/exchange.ts';
import type { JsonObject } from '../../../lib/json.ts';

const credential = { cause: 'credential-invalid' };
const configuration = { cause: 'configuration-invalid' };
const later = { cause: 'temporarily-unavailable' };

/** Codes of the sheet kingdee §2.3d, §4.2, §4.3 with a word that their advice must hold. */
const certain = [
	['noRoute', configuration, /IDC Domain/],
	['401', credential, /Test the Kingdee credential/],
	['403', credential, /permissions of its user/],
	['429', { cause: 'rate-limited', retryAfterMs: 60_000 }, /500 calls a minute/],
	['503', later, /did not work on the call/],
	['4001', credential, /Test the Kingdee credential/],
	['4002', credential, /Client ID/],
	['4003', credential, /Client ID/],
	['4004', credential, /Client Secret/],
	['4005', credential, /Client ID and Client Secret/],
	['4006', credential, /clock/],
	['4007', credential, /Test the Kingdee credential/],
	['4008', credential, /Client Secret/],
	['4009', credential, /access token/],
	['4010', credential, /does not know the access token/],
	['4011', credential, /has expired/],
	['4012', credential, /open\.jdy\.com/],
	['5001', configuration, /IDC Domain/],
	['5002', configuration, /IDC Domain/],
	['5003', later, /later/],
	['5006', later, /later/],
	['5007', { ...later, retryAfterMs: 60_000 }, /later/],
	['11010001', credential, /Group Name/],
	['1020002008', credential, /User ID and Account ID/],
	['1040002000', configuration, /not set up/],
	['1040003000', configuration, /not set up/],
	['1030002000', {}, /Fill in/],
	['1030002001', {}, /wrong type/],
	['1030002002', {}, /unique/],
	['1030002003', {}, /no such record/],
	['1030002004', {}, /Other records/],
	['1030002005', {}, /fewer/],
	['1030002006', {}, /secret of the app/],
] as const;

test.each(certain)(
	'code %s: whether it passes and what to do, read or write',
	(code, outlook, word) => {
		for (const kind of ['read', 'write'] as const) {
			const { advice, ...rest } = adviceFor(code, kind);
			expect(rest).toEqual(outlook);
			expect(advice).toMatch(word);
			expect(advice).not.toMatch(/taken effect/);
		}
	},
);

test.each(['moved', '500', '504', '5000', '5004', '5005', '1000002001', '2000002000'])(
	'after code %s a write may have taken effect, a read has not',
	(code) => {
		const [read, write] = [adviceFor(code, 'read'), adviceFor(code, 'write')];
		expect(write).toMatchObject({
			...later,
			advice: expect.stringMatching(/may have taken effect/),
		});
		expect(read).toMatchObject({ ...later, advice: expect.stringMatching(/run it again/) });
		expect(
			[read, write].every(({ advice }) => advice?.includes('IDC domain') === (code === 'moved')),
		).toBe(true);
	},
);

test('an unknown code has no advice of its own', () => {
	expect(adviceFor('123', 'write')).toEqual({});
});

test.each([
	['weigusoft', { success: true, errorCode: 'success' }, true],
	['weigusoft', { success: 'true', errorCode: 'success' }, true],
	['weigusoft', { success: false, errorCode: 'success' }, false],
	['weigusoft', { success: true, errorCode: '500' }, false],
	['weigusoft', { errorCode: 'success' }, false],
	['product', { errcode: 0 }, true],
	['product', { errcode: '0' }, true],
	['product', { errcode: 1 }, false],
	['product', { code: 200 }, false],
	['connector', { code: 200 }, true],
	['connector', { errcode: '0' }, true],
	['connector', { code: 500 }, false],
	['connector', {}, false],
] as const)('of the layer %s %j is a success: %s', (layer, envelope, success) => {
	expect(succeeded(envelope, layer)).toBe(success);
});

test.each([
	[
		{ errorCode: '9', message: 'A' },
		{ code: 'errorCode 9', text: 'A' },
	],
	[
		{ errcode: 9, description: 'B' },
		{ code: 'errcode 9', text: 'B' },
	],
	[
		{ error_code: 9, error_desc: 'C' },
		{ code: 'error_code 9', text: 'C' },
	],
	[
		{ code: 9, msg: 'D', success: false },
		{ code: 'code 9', text: 'D' },
	],
	[
		{ code: 9, data: 'E' },
		{ code: 'code 9', text: 'E' },
	],
	[
		{ errorCode: '', code: 9, message: '', msg: 'F' },
		{ code: 'code 9', text: 'F' },
	],
	[
		{ code: 9, data: {} },
		{ code: 'code 9', text: '' },
	],
])('%j is the refusal %j', (envelope, refusal) => {
	expect(refusalIn(envelope, 'read')).toEqual(refusal);
});

test.each<JsonObject>([
	{},
	{ message: 'no code' },
	{ success: true, errorCode: '9' },
	{ success: 'true', code: 9 },
	{ errorCode: 'success', success: false },
])('%j is no refusal', (envelope) => {
	expect(refusalIn(envelope, 'read')).toBeUndefined();
});

const answer = (status: number, text: string) => ({ status, text }) as VendorAnswer;

test('an answer of the router is told by its status and by what is not JSON', () => {
	expect(foundNoRoute(answer(404, 'No Route'))).toBe(true);
	expect(foundNoRoute(answer(404, '{}'))).toBe(false);
	expect(foundNoRoute(answer(400, 'No Route'))).toBe(false);
	expect(plainRefusalIn(answer(404, 'No Route'), 'write')).toEqual({
		...adviceFor('noRoute', 'write'),
		text: 'No Route',
		code: 'HTTP 404',
	});
	expect(plainRefusalIn(answer(502, '<html>'), 'write')).toEqual({
		...adviceFor('moved', 'write'),
		text: 'Bad Gateway',
		code: 'HTTP 502',
	});
	expect(plainRefusalIn(answer(500, '<html>'), 'write')).toBeUndefined();
});
