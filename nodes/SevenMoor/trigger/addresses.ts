/** First and last IPv4 address of a range, as numbers. */
export interface AddressRange {
	readonly first: number;
	readonly last: number;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
/** How a socket that takes both families writes an IPv4 address. */
const MAPPED = /^::ffff:/i;

function ipv4(text: string): number | undefined {
	const parts = IPV4.exec(text)?.slice(1).map(Number);
	if (parts === undefined || parts.some((part) => part > 255)) return undefined;
	return parts.reduce((number, part) => number * 256 + part, 0);
}

function readRange(entry: string): AddressRange | undefined {
	const [address = '', prefix = '32', ...rest] = entry.split('/');
	const number = ipv4(address);
	if (number === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefix)) return undefined;
	if (Number(prefix) > 32) return undefined;
	const size = 2 ** (32 - Number(prefix));
	const first = Math.floor(number / size) * size;
	return { first, last: first + size - 1 };
}

/** Ranges in a list of addresses such as "203.0.113.7, 198.51.100.0/24", or the entry that is none. */
export function readAddresses(list: string): AddressRange[] | string {
	const entries = list.split(/[\s,，]+/).filter((entry) => entry !== '');
	const ranges = entries.map(readRange);
	const wrong = ranges.indexOf(undefined);
	return wrong === -1 ? ranges.filter((range) => range !== undefined) : (entries[wrong] ?? '');
}

export function isAmong(address: string | undefined, ranges: readonly AddressRange[]): boolean {
	const number = ipv4((address ?? '').replace(MAPPED, ''));
	return (
		number !== undefined && ranges.some(({ first, last }) => number >= first && number <= last)
	);
}
