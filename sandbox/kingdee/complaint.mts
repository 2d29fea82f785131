/** Business codes of the sheet, §4.3; that weigusoft uses the ten-digit ones is inferred. */
export const ERROR = {
	groupMoved: '11010001',
	unauthorised: '1020002008',
	empty: '1030002000',
	wrongType: '1030002001',
	missing: '1030002003',
	tooMany: '1030002005',
	wrongFormat: '1030002006',
} as const;

/** Thrown where a weigusoft call is refused; answered in its failure envelope. */
export class Complained extends Error {
	readonly code: string;

	constructor(code: keyof typeof ERROR, message: string) {
		super(message);
		this.code = ERROR[code];
	}
}
