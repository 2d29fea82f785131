/** Takes one line of progress. */
export type Log = (line: string) => void;

/** Writes lines with the seconds since the start in front. */
export function timedLog(write: (text: string) => void): Log {
	const start = Date.now();
	return (line) => {
		const seconds = ((Date.now() - start) / 1000).toFixed(1).padStart(6);
		write(`[${seconds} s] ${line}\n`);
	};
}

/** Repeats a line while something long is going on; the answer stops it. */
export function heartbeat(everyMs: number, say: () => void): () => void {
	const timer = setInterval(say, everyMs);
	timer.unref();
	return () => clearInterval(timer);
}
