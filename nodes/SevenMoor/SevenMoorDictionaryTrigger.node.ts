import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems } from '../../lib/events';
import { unlessUnderWay } from '../../lib/polling';
import { triggerFields } from '../../lib/triggerFields';
import { newEvents, sampleEvents } from './trigger/dictionaryPoll';
import { dictionaryTriggerProperties } from './trigger/dictionaryTriggerProperties';

export class SevenMoorDictionaryTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '7moor Dictionary Trigger',
		name: 'sevenMoorDictionaryTrigger',
		icon: { light: 'file:sevenMoor.svg', dark: 'file:sevenMoor.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when work-order dictionaries are added or change',
		builderHint: {
			searchHint:
				'Starts when work-order dictionaries (工单字典) of 7moor 容联七陌 are added or change. Polls.',
		},
		defaults: { name: '7moor Dictionary Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sevenMoorApi', required: true }],
		properties: dictionaryTriggerProperties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const fields = triggerFields(this, dictionaryTriggerProperties);
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this, fields));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this, fields)));
	}
}
