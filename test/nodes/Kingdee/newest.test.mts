import {
	isComplete,
	Newest,
	readNewest,
	type Reading,
} from '../../../nodes/Kingdee/trigger/newest';

const row = (id: string, billno: string) => ({ id, billno });
const three = { floor: '0', recent: { a: '1', b: '2', c: '3' } };
const yes = async () => true;

test('the floor rises with what is seen', async () => {
	const newest = new Newest(three, 3);
	newest.add(row('d', '4'));
	expect(await newest.state(yes)).toEqual({ floor: '1', recent: { b: '2', c: '3', d: '4' } });
});

test('the floor stays below what has to wait, even under the same number', async () => {
	const newest = new Newest(three, 3);
	newest.add(row('d', '0.5'));
	newest.leaveOut(row('e', '0.5'));
	expect((await newest.state(yes)).floor).toBe('0');
});

test('the floor stays where something may have been missed, which is asked only if need be', async () => {
	const newest = new Newest(three, 3);
	newest.add(row('d', '4'));
	expect((await newest.state(async () => false)).floor).toBe('0');
	const asked = jest.fn(yes);
	expect(await new Newest(three, 3).state(asked)).toEqual(three);
	expect(asked).not.toHaveBeenCalled();
});

test('several pages are complete where another reading finds the same', async () => {
	const readingOf = (isWhole: boolean, ...ids: string[]): Reading => ({
		rows: new Map(ids.map((id) => [id, row(id, id)])),
		isWhole,
	});
	const pages = readingOf(false, '4', '3', '2');
	expect(await isComplete(pages, async () => readingOf(false, '4', '3', '2'))).toBe(true);
	expect(await isComplete(pages, async () => readingOf(false, '3', '2'))).toBe(false);
	expect(await isComplete(readingOf(true, '4'), async () => pages)).toBe(true);
});

test('reading stops where numbers that fall have fallen far enough, and nowhere else', async () => {
	let pages = 0;
	async function* list(...numbers: string[][]) {
		for (const page of numbers) {
			pages++;
			yield page.map((number) => row(number, number));
		}
	}
	const isFarEnough = (number: string) => number <= '5';
	// A new row has pushed 7 on to the second page.
	const { rows, isWhole } = await readNewest(
		list(['9', '8', '7'], ['7', '6', '5'], ['4']),
		isFarEnough,
	);
	expect([rows.size, isWhole, pages]).toEqual([5, false, 2]);
	await readNewest(list(['1', '2'], ['3', '4'], ['9']), isFarEnough);
	expect(pages).toBe(5);
});
