import type {
	IHookFunctions,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { Fields } from './fields';

/** What a person entered into a trigger. */
export function triggerFields(
	context: IPollFunctions | IHookFunctions | IWebhookFunctions,
	description: readonly INodeProperties[],
): Fields {
	return new Fields(
		{ node: context.getNode() },
		description,
		context.getTimezone(),
		(name): unknown => context.getNodeParameter(name, null),
	);
}
