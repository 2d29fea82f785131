import type { Measure, Row } from '../src/measure.mts';

interface Least {
	requests: number;
	/** Why one call does not do. */
	because: string;
}

const READ_AND_WRITE =
	'there is no call for one option: the dictionary is written whole, so it has to be read before';

/** The least that the vendor's API allows for an operation on one item; where it is not one call. */
const more: Readonly<Record<string, Least>> = {
	'kingsoftCloud ticket.downloadAttachment': {
		requests: 2,
		because: "a file's address is in the ticket's details only and lives ten minutes",
	},
	'sevenMoor dictionary.upsert': {
		requests: 2,
		because: 'no call creates or updates: which of the two it is has to be asked',
	},
	'sevenMoor dictionaryOption.add': { requests: 2, because: READ_AND_WRITE },
	'sevenMoor dictionaryOption.disable': { requests: 2, because: READ_AND_WRITE },
	'sevenMoor dictionaryOption.enable': { requests: 2, because: READ_AND_WRITE },
	'sevenMoor dictionaryOption.rename': { requests: 2, because: READ_AND_WRITE },
	'sevenMoor dictionaryOption.syncFromItems': { requests: 2, because: READ_AND_WRITE },
	'weiban workOrder.create': {
		requests: 2,
		because:
			"values go out with the definitions of the template's fields, which only the template has",
	},
	'weiban workOrder.update': {
		requests: 3,
		because:
			'the call replaces all values and wants the definitions of the fields: the order, then its template, are read before',
	},
};

const ONE: Least = { requests: 1, because: 'one call' };

export const requests: Measure = {
	name: 'requests',
	title: 'Requests of each operation',
	method:
		"An example of every operation, run in n8n's engine against the sandbox in a session that is open, for one item with a result that fits one page; docs/operations.md lists the calls. The least is one call, more where the vendor's API has none that does it alone.",
	exact: true,
	async run(log) {
		await import('../../scripts/n8nWorkflow.mts');
		const { measureOperations } = await import('../../scripts/docs/measure.mts');
		const measured = (await measureOperations(log)).map(({ vendor, name, requests: made }) => ({
			key: `${vendor} ${name}`,
			made: made.length,
		}));
		const unknown = Object.keys(more).filter((name) => !measured.some(({ key }) => key === name));
		if (unknown.length > 0) throw new Error(`There is no operation ${unknown.join(', ')}`);
		const row = (subject: string, made: number, least: Least): Row => ({
			subject,
			ours: made,
			theirs: least.requests,
			unit: 'requests',
			figure: made / least.requests,
			budget: 'requests.ratio',
			...(least === ONE ? {} : { remark: least.because }),
		});
		const wasteful = measured.filter(({ key, made }) => !(key in more) && made !== ONE.requests);
		const single = measured.filter(({ key }) => !(key in more));
		return [
			row(
				`the ${single.length} operations that one call can do, each`,
				Math.max(...single.map(({ made }) => made)),
				ONE,
			),
			...wasteful.map(({ key, made }) => row(key, made, ONE)),
			...measured
				.filter(({ key }) => key in more)
				.map(({ key, made }) => row(key, made, more[key] ?? ONE)),
		];
	},
};
