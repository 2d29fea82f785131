import { chinaText } from '../clock.mts';

/** ISO 8601 with `+08:00`, as in component records. */
export function isoChina(epochSeconds: number): string {
	return `${chinaText(epochSeconds * 1000).replace(' ', 'T')}+08:00`;
}
