import { OutputItem, type Item, type OperationOnAll } from '../../../../lib/operation';
import { dictionaryField } from '../../fields';
import { newUuid } from '../../newUuid';
import { planSync, type SyncPlan } from '../../optionSync';
import { plainPath, type OptionPath } from '../../optionTree';
import { readTable, type Table } from '../../tablePaths';
import { statesOf } from '../../transport/states';
import { accepted, checkedTree } from '../dictionary/options';
import { knownDictionary, saveOptions } from '../known';

function tableOf(items: readonly Item[], { context, fields, hint }: Item): Table {
	const columns = fields.rows('levelColumns', 'level').map((row) => row.text('column').trim());
	if (columns.length === 0) {
		return fields.refuse('levelColumns', 'is empty', 'Add the field of each level.');
	}
	const input = context.getInputData();
	const rows = items.map(({ itemIndex }) => input[itemIndex]?.json ?? {});
	const table = accepted(fields, 'levelColumns', readTable(rows, columns));
	if (table.paths.length === 0) {
		return fields.refuse(
			'levelColumns',
			'has no value in any input item',
			'Check the fields and the items that come in.',
		);
	}
	if (table.emptyRows > 0) {
		hint(
			`${table.emptyRows} of ${items.length} input items have no level filled in and were left out.`,
		);
	}
	return table;
}

const plainPaths = (paths: readonly OptionPath[]) => paths.map(plainPath);

function isChange({ added, enabled, disabled }: SyncPlan): boolean {
	return added.length + enabled.length + disabled.length > 0;
}

/** queryDictionary, then updateDictionary with the whole tree where it changes (seed 7moor). */
export const operation: OperationOnAll = {
	option: {
		name: 'Sync From Items',
		action: 'Sync dictionary options from all items',
		description:
			'Make the options of a dictionary follow a table of paths, which all input items together give. Takes two calls at most.',
	},
	fields: [
		{
			...dictionaryField,
			description: `${dictionaryField.description} The first input item decides.`,
		},
		{
			displayName: 'Level Columns',
			name: 'levelColumns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Level',
			default: {},
			required: true,
			description:
				'Fields of the input items that hold the names of level 1, level 2 and so on. Each item is one row; the last levels of a row may be empty.',
			options: [
				{
					displayName: 'Level',
					name: 'level',
					values: [
						{
							displayName: 'Field',
							name: 'column',
							type: 'string',
							requiresDataPath: 'single',
							default: '',
							placeholder: 'e.g. province',
							description: 'Name of the input field, not its value',
						},
					],
				},
			],
		},
		{
			displayName: 'Options Not in the Table',
			name: 'others',
			type: 'options',
			options: [
				{
					name: 'Disable',
					value: 'disable',
					description: 'They stay, but agents cannot choose them',
				},
				{ name: 'Leave', value: 'leave', description: 'They stay as they are' },
				{ name: 'Report', value: 'report', description: 'They stay as they are and are listed' },
			],
			default: 'report',
			description: 'What happens to options of the dictionary that the table does not name',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to show the difference without changing anything',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Enable Options of the Table',
					name: 'enableNamed',
					type: 'boolean',
					default: false,
					description: 'Whether options that the table names and that are disabled get enabled',
				},
			],
		},
	],
	runAll: async (items) => {
		const [first] = items;
		if (first === undefined) return [];
		const { fields } = first;
		const others = fields.choice('others', ['disable', 'leave', 'report'] as const);
		const dryRun = fields.flag('dryRun');
		const enableNamed = fields.group('options').flag('enableNamed');
		const { paths } = tableOf(items, first);
		const states = await statesOf(first);
		const dictionary = await knownDictionary(first);
		const plan = planSync(dictionary.options, paths, {
			...states,
			newKey: newUuid,
			disableOthers: others === 'disable',
			enableNamed,
		});
		const changes = isChange(plan);
		if (changes && dryRun) checkedTree(fields, 'levelColumns', plan.options, dictionary.levels);
		else if (changes) await saveOptions(first, dictionary, plan.options, 'levelColumns');
		const json = {
			success: true,
			dryRun,
			changed: changes && !dryRun,
			dictionaryId: dictionary.id,
			dictionaryName: dictionary.name,
			rows: paths.length,
			added: plainPaths(plan.added),
			enabled: plainPaths(plan.enabled),
			disabled: plainPaths(plan.disabled),
			notInTable: others === 'report' ? plainPaths(plan.notInTable) : null,
		};
		return [new OutputItem(json, { from: items.map(({ itemIndex }) => itemIndex) })];
	},
};
