// What a webhook trigger with a credential costs in n8n at least. Plain JavaScript because n8n loads it.
class FloorTrigger {
	constructor() {
		this.description = {
			displayName: 'Floor Trigger',
			name: 'floorTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Reads its credential and starts the workflow',
			defaults: { name: 'Floor Trigger' },
			inputs: [],
			outputs: ['main'],
			credentials: [{ name: 'weibanCallbackApi', required: true }],
			webhooks: [
				{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
			],
			properties: [],
		};
	}

	async webhook() {
		await this.getCredentials('weibanCallbackApi');
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { FloorTrigger };
