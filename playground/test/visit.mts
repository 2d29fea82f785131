import type { Locator } from 'playwright-core';
import type { Bench } from './bench.mts';
import type { Editor } from './editor.mts';

/** A person's way through the editor. */
export interface Visit {
	bench: Bench;
	editor: () => Editor;
	check: (name: string, run: () => Promise<void>) => Promise<void>;
	/** Keeps what the person sees, or one part of it. */
	picture: (name: string, part?: Locator) => Promise<void>;
}
