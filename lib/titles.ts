/** A camelCase name as n8n writes it on a form: "groupChat" is "Group Chat", "customerId" is "Customer ID". */
export function titleOf(name: string): string {
	return name
		.replace(/^./, (letter) => letter.toUpperCase())
		.replace(/(?<=[a-z])[A-Z]/g, ' $&')
		.replace(/\bId\b/, 'ID')
		.replace(/\bIds\b/, 'IDs')
		.replace(/\bUrl\b/, 'URL');
}
