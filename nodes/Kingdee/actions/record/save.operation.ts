import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { savedIn } from '../../saved';
import { saveBill } from '../../transport/bills';
import { entityLocator, optionalRecordLocator } from '../locators';
import { savedOutput } from '../savedOutput';
import { valueFields, valuesIn } from '../values';

/** POST /weigusoft/wg_cost/saveBill (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Save',
		action: 'Save a record',
		description: 'Create a record of any entity, or change fields of one',
	},
	fields: [
		entityLocator,
		optionalRecordLocator,
		...valueFields('getRecordFields', ['entity.value', 'recordId.value']),
		...savedOutput.fields,
	],
	run: async (item) => {
		const { fields } = item;
		const entity = fields.text('entity').trim();
		const id = fields.optionalIntegerId('recordId');
		const shape = shaper(fields, savedOutput, (answer) => savedIn(answer, id));
		return shape(await saveBill(item, entity, id, valuesIn(item)));
	},
};
