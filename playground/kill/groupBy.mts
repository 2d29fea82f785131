/** Groups in the order of their first members. */
export function groupBy<Key, T>(list: readonly T[], keyOf: (entry: T) => Key): Map<Key, T[]> {
	const groups = new Map<Key, T[]>();
	for (const entry of list) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [entry]);
		else group.push(entry);
	}
	return groups;
}
