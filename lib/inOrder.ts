/**
 * Does so many tasks, `width` at a time, and gives back their results in the order of the tasks. After the
 * first error no further task is begun; it is thrown when those under way are over.
 *
 * @param stop ends the waits of tasks under way
 * @param signal of `stop`, or of somebody else who wants no further task
 */
export async function inOrder<T>(
	count: number,
	width: number,
	stop: () => void,
	signal: AbortSignal,
	task: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const errors: unknown[] = [];
	let next = 0;
	const worker = async () => {
		while (next < count && !signal.aborted) {
			const index = next++;
			try {
				results[index] = await task(index);
			} catch (error) {
				errors.push(error);
				stop();
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
	if (errors.length > 0) throw errors[0];
	return results;
}
