import { performanceTable } from '../../bench/src/page.mts';
import { callTable, requestTable } from './calls.mts';
import { measureOperations } from './measure.mts';
import { describedOperations, nodeDescriptions, optionsOf } from './nodes.mts';

function triggerRows(): string[] {
	return nodeDescriptions()
		.filter(({ group }) => group.includes('trigger'))
		.map(({ displayName, properties, polling }) => {
			const events = optionsOf(properties.find(({ name }) => name === 'events'));
			return `| ${displayName} | ${polling === true ? 'polling' : 'webhook'} | ${events.map(({ name }) => name).join(', ')} |`;
		});
}

/** The tables of the docs by name, as lines of Markdown. */
export async function docTables(): Promise<Record<string, () => string[]>> {
	const operations = describedOperations();
	const measured = await measureOperations((text) => console.log(text));
	return {
		operations: () => [
			'| node | resource | operation | what it does |',
			'| --- | --- | --- | --- |',
			...operations.map(
				({ labels, description }) =>
					`| ${labels.node} | ${labels.resource} | ${labels.operation} | ${description} |`,
			),
		],
		triggers: () => ['| trigger | how | Trigger On |', '| --- | --- | --- |', ...triggerRows()],
		requests: () => requestTable(operations, measured),
		performance: performanceTable,
		calls: () => callTable(operations, measured),
	};
}
