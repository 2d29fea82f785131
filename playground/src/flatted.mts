/**
 * n8n hands out execution data in the "flatted" form: a JSON list in which every text inside an
 * object or array is the index of the real value. Shared values are shared again here.
 */
export function unflatten(text: string): unknown {
	const list = JSON.parse(text) as unknown[];
	const done = new Map<number, unknown>();

	const resolve = (index: number): unknown => {
		if (done.has(index)) return done.get(index);
		const value = list[index];
		if (typeof value !== 'object' || value === null) return value;
		const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		done.set(index, target);
		for (const [key, entry] of Object.entries(value)) {
			const real: unknown = typeof entry === 'string' ? resolve(Number(entry)) : entry;
			Object.defineProperty(target, key, {
				value: real,
				enumerable: true,
				writable: true,
				configurable: true,
			});
		}
		return target;
	};
	return resolve(0);
}
