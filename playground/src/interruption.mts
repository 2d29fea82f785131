export const INTERRUPTED = 130;

/** Ends with the first Ctrl-C, or with whoever started this; a second Ctrl-C does not wait. */
export function interruption(): AbortSignal {
	const controller = new AbortController();
	const interrupt = (): void => controller.abort(new Error('Interrupted'));
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (controller.signal.aborted) process.exit(INTERRUPTED);
			interrupt();
		});
	}
	const starter = process.ppid;
	setInterval(() => {
		if (process.ppid !== starter) interrupt();
	}, 1000).unref();
	return controller.signal;
}
