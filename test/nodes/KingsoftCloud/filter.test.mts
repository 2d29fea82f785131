import { ticketFilterFields } from '../../../nodes/KingsoftCloud/trigger/filter.ts';
import { toWorkOrder } from '../../../nodes/KingsoftCloud/workOrder.ts';

const choicesOf = (name: string): unknown[] => {
	const { options = [] } = ticketFilterFields.find((field) => field.name === name) ?? {};
	return options.map((option) => ('value' in option ? option.value : undefined)).sort();
};

const told = (field: 'status' | 'priority' | 'type', numbers: readonly number[]) =>
	numbers.map((number) => toWorkOrder({ id: '1204', [field]: number })[field]).sort();

test.each([
	['statuses', 'status', [1, 2, 3, 4]],
	['priorities', 'priority', [1, 2, 3]],
	['type', 'type', [1, 2, 3]],
] as const)('%s offers what tickets can have, no more and no less', (name, field, numbers) => {
	expect(choicesOf(name)).toEqual(told(field, numbers));
});
