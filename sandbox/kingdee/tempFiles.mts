import { randomUUID } from 'node:crypto';

const PATH = '/ierp/tempfile/download.do';

interface TempFile {
	content: Buffer;
	contentType: string;
	storedAt: number;
}

/** Uploaded files at addresses of the form used in the seed's photo lists. */
export class TempFiles {
	#files = new Map<string, TempFile>();

	store(base: string, content: Buffer, contentType: string, now: number): string {
		const id = `tempfile-${randomUUID()}`;
		this.#files.set(id, { content, contentType, storedAt: now });
		return `${base}${PATH}?configKey=redis.serversForCache.tempfile&id=${id}`;
	}

	isDownload(path: string): boolean {
		return path === PATH;
	}

	load(id: string, now: number, lifeMs: number): TempFile | null {
		const file = this.#files.get(id);
		return file === undefined || now - file.storedAt >= lifeMs ? null : file;
	}

	/** Whether `url` is an address of this store that has expired or never existed. */
	isGone(base: string, url: string, now: number, lifeMs: number): boolean {
		if (!url.startsWith(`${base}${PATH}?`)) return false;
		return this.load(new URL(url).searchParams.get('id') ?? '', now, lifeMs) === null;
	}

	clear(): void {
		this.#files.clear();
	}
}
