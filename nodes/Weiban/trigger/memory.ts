/** What is remembered of a work order between two polls. */
export interface Seen {
	/** Vendor's time of the last change, or of the creation where there was none; epoch seconds. */
	readonly time: number;
	readonly status: string | null;
	readonly handler: string | null;
	/** It did not pass the filter when it was last seen. */
	readonly outside: boolean;
}

export type Orders = ReadonlyMap<string, Seen>;

/** Work orders in a form that takes about 37 bytes each in n8n's database. */
export interface PackedOrders {
	/** Time in base 36, status, place of the handler in the list in base 36, "!" where outside. */
	readonly orders: Record<string, string>;
	readonly handlers: string[];
}

const PACKED = /^([0-9a-z]+)\.(.*)\.([0-9a-z]*)(!?)$/s;

export function pack(orders: Orders): PackedOrders {
	const places = new Map<string, number>();
	const placeOf = (handler: string | null) => {
		if (handler === null) return '';
		const place = places.get(handler) ?? places.size;
		places.set(handler, place);
		return place.toString(36);
	};
	const entries = [...orders].map(([orderNo, { time, status, handler, outside }]) => [
		orderNo,
		`${time.toString(36)}.${status ?? ''}.${placeOf(handler)}${outside ? '!' : ''}`,
	]);
	return {
		orders: Object.fromEntries(entries) as Record<string, string>,
		handlers: [...places.keys()],
	};
}

export function unpack({ orders, handlers }: PackedOrders): Map<string, Seen> {
	const seen = new Map<string, Seen>();
	for (const [orderNo, packed] of Object.entries(orders)) {
		const [, time = '', status = '', place = '', outside = ''] = PACKED.exec(packed) ?? [];
		seen.set(orderNo, {
			time: parseInt(time, 36),
			status: status === '' ? null : status,
			handler: place === '' ? null : (handlers[parseInt(place, 36)] ?? null),
			outside: outside === '!',
		});
	}
	return seen;
}
