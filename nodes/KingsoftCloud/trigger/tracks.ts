import type { WatchState } from './memory';
import { pack, unpack, type Track } from './track';

/** So many finished tickets are remembered, to tell what one was before when it is taken up again. */
export const MOST_PAST = 500;

export type PackedTracks = Pick<WatchState, 'open' | 'past' | 'forgotten'>;

/** What is remembered of all tickets that are watched. */
export class Tracks {
	private readonly open: Map<string, Track>;
	private readonly past: Map<string, Track>;
	private readonly forgotten: number;

	constructor({ open, past, forgotten }: PackedTracks) {
		this.open = unpackAll(Object.entries(open));
		this.past = unpackAll(past);
		this.forgotten = forgotten;
	}

	get(id: string): Track | undefined {
		return this.open.get(id) ?? this.past.get(id);
	}

	openOne(id: string): Track | undefined {
		return this.open.get(id);
	}

	openIds(): Iterable<string> {
		return this.open.keys();
	}

	/** The round of a ticket of which nothing is remembered; none of its ids can have been told in it. */
	get freshRound(): number {
		return this.forgotten + 1;
	}

	/** Of a ticket that had finished before it was seen, or was forgotten since. */
	finishedUnseen(outside: boolean): Track {
		return { status: 'unknown', round: Math.max(1, this.forgotten), closedAt: 0, outside };
	}

	place(id: string, track: Track): void {
		this.past.delete(id);
		if (track.status === 'open' || track.status === 'inProgress') {
			this.open.set(id, track);
		} else {
			this.open.delete(id);
			this.past.set(id, track);
		}
	}

	/** Looks for a ticket no longer. */
	letGo(id: string): void {
		const track = this.open.get(id);
		if (track === undefined) return;
		this.open.delete(id);
		this.past.set(id, track);
	}

	markOutside(outside: (id: string, track: Track) => boolean): void {
		for (const tracks of [this.open, this.past]) {
			for (const [id, track] of tracks) tracks.set(id, { ...track, outside: outside(id, track) });
		}
	}

	/** @param most how many finished tickets to keep */
	packed(most: number): PackedTracks {
		const past = [...this.past];
		const dropped = past.splice(0, Math.max(0, past.length - most));
		return {
			open: Object.fromEntries(packAll(this.open)),
			past: packAll(past),
			forgotten: this.highestRound(dropped),
		};
	}

	/** What remains of the tracks where tickets are not watched. */
	allForgotten(): PackedTracks {
		return { open: {}, past: [], forgotten: this.highestRound([...this.open, ...this.past]) };
	}

	private highestRound(dropped: ReadonlyArray<[string, Track]>): number {
		return dropped.reduce((highest, [, { round }]) => Math.max(highest, round), this.forgotten);
	}
}

function unpackAll(entries: ReadonlyArray<readonly [string, string]>): Map<string, Track> {
	return new Map(entries.map(([id, text]) => [id, unpack(text)]));
}

function packAll(entries: Iterable<[string, Track]>): Array<[string, string]> {
	return [...entries].map(([id, track]) => [id, pack(track)]);
}
