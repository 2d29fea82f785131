import type { Measure, Row } from '../src/measure.mts';
import { communityPacks, own, packed } from '../src/packs.mts';

const kb = (bytes: number) => bytes / 1000;

function beside(name: string, spec: string): Row[] {
	const [ours, theirs] = [packed('.'), packed(spec)];
	const rows = [
		['tarball', kb(ours.size), kb(theirs.size), 'KB'],
		['unpacked', kb(ours.unpackedSize), kb(theirs.unpackedSize), 'KB'],
		['files', ours.entryCount, theirs.entryCount, 'files'],
	] as const;
	return rows.map(([subject, one, other, unit]) => ({
		subject: `${subject}, against ${name}`,
		ours: one,
		theirs: other,
		unit,
		figure: one / other,
	}));
}

export const size: Measure = {
	name: 'size',
	title: 'Size',
	method: 'The tarball as npm packs it, without what a package depends on.',
	exact: true,
	async run(_log, { exactOnly }) {
		const { size: tarball, unpackedSize, entryCount } = packed(own.spec ?? '.');
		const rows: Row[] = [
			{
				subject: 'tarball',
				ours: kb(tarball),
				unit: 'KB',
				figure: kb(tarball),
				budget: 'size.tarball',
			},
			{
				subject: 'unpacked',
				ours: kb(unpackedSize),
				unit: 'KB',
				figure: kb(unpackedSize),
				budget: 'size.unpacked',
			},
			{ subject: 'files', ours: entryCount, unit: 'files', figure: entryCount },
		];
		if (exactOnly) return rows;
		return [...rows, ...communityPacks().flatMap(({ name, spec = name }) => beside(name, spec))];
	},
};
