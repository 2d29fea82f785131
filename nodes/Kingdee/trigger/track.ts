/**
 * The states in which an order was seen, the present one last, each with how often it was reached where
 * that is more than once: "C", "CF", "FC2". Short, because there is one for every open order.
 */
export type Track = string & { readonly __kind: 'Track' };

/** Stands for a state that is not one of the vendor's capital letters. */
const NO_LETTER = '?';
/** The order is new, and its state has yet to be told. */
const NOT_SEEN = '!';
/** The order was forgotten after its end and is open again. */
const CAME_BACK = '~';
/** In front: the filter has kept the order out since it was first seen. */
const OUTSIDE = '-';

const STEP = /([A-Z?])(\d*)/g;

export const notSeen = NOT_SEEN as Track;
export const cameBack = CAME_BACK as Track;

export interface Arrival {
	readonly track: Track;
	/** Null where it was never seen. */
	readonly from: string | null;
	/** How often the order has reached this state. */
	readonly times: number;
	readonly cameBack: boolean;
}

/** The vendor's letter, as far as it is one. */
export function letterOf(status: string | null): string {
	return status !== null && /^[A-Z]$/.test(status) ? status : NO_LETTER;
}

export function trackFrom(letter: string): Track {
	return letter as Track;
}

export function presentLetter(track: Track): string | undefined {
	return /([A-Z?])\d*$/.exec(track)?.[1];
}

export function arriveAt(track: Track, letter: string): Arrival {
	const steps = [...track.matchAll(STEP)].map(([text, name, times]) => ({ text, name, times }));
	const earlier = steps.find(({ name }) => name === letter);
	const times = earlier === undefined ? 1 : Number(earlier.times || 1) + 1;
	const others = steps.filter(({ name }) => name !== letter).map(({ text }) => text);
	const from = presentLetter(track) ?? NO_LETTER;
	return {
		track: [
			isOutside(track) ? OUTSIDE : '',
			...others,
			letter,
			times > 1 ? String(times) : '',
		].join('') as Track,
		from: from === NO_LETTER ? null : from,
		times,
		cameBack: track.endsWith(CAME_BACK),
	};
}

export function isOutside(track: Track): boolean {
	return track.startsWith(OUTSIDE);
}

export function markOutside(track: Track, outside: boolean): Track {
	if (isOutside(track) === outside) return track;
	return (outside ? OUTSIDE + track : track.slice(OUTSIDE.length)) as Track;
}
