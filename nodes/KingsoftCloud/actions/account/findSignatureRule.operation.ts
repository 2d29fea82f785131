import type { Fields } from '../../../../lib/fields';
import { OutputItem, type Item, type OperationOnAll } from '../../../../lib/operation';
import {
	askWith,
	presetRules,
	type SignatureRuleAnswer,
	type SignatureRuleChoice,
} from '../../transport/signatureRules';

function rulesToTry(fields: Fields): SignatureRuleChoice[] {
	const unit = fields.choice('timestampUnit', ['milliseconds', 'seconds', 'both'] as const);
	return unit === 'both'
		? [...presetRules('milliseconds'), ...presetRules('seconds')]
		: presetRules(unit);
}

function advise(item: Item, found: SignatureRuleAnswer | undefined, asked: number): void {
	if (found === undefined) {
		item.hint(
			`Kingsoft Cloud accepted none of the ${asked} rules. Look at its answers: one that differs from the others may point the way. If AppId and Secret are right, ask for the rule and write it as Custom Template in the credential.`,
		);
		return;
	}
	const { signatureRule, signatureEncoding, timestampUnit } = found;
	const encoding = signatureEncoding === null ? '' : `, Signature Encoding ${signatureEncoding}`;
	item.hint(
		`Kingsoft Cloud accepted Signature Rule ${signatureRule}${encoding}, Timestamp Unit ${timestampUnit}. Choose them in the credential.`,
	);
}

/**
 * POST /workorder/api/ticket/list_tickets (seed kingsoft) once for each preset of the credential, since the
 * vendor publishes no rule (sheet kingsoft §2.2). It asks for the account, not for the items: once a run.
 */
export const operation: OperationOnAll = {
	option: {
		name: 'Find Signature Rule',
		action: 'Find the signature rule of an account',
		description:
			'Try the signature presets with one harmless read each and report the first that Kingsoft Cloud accepts',
	},
	fields: [
		{
			displayName:
				'Kingsoft Cloud does not publish how calls are signed. This makes up to 5 calls, most of them wrongly signed, or 10 with both units of time. Use it by hand, on a new credential.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Timestamp Unit',
			name: 'timestampUnit',
			type: 'options',
			default: 'milliseconds',
			options: [
				{ name: 'Milliseconds', value: 'milliseconds' },
				{ name: 'Milliseconds, Then Seconds', value: 'both' },
				{ name: 'Seconds', value: 'seconds' },
			],
			description:
				'Unit of the time that is signed. The vendor accepts both; whether both are signed alike is not published.',
		},
	],
	runAll: async (items) => {
		const [first] = items;
		if (first === undefined) return [];
		const answers: SignatureRuleAnswer[] = [];
		for (const rule of rulesToTry(first.fields)) {
			const answer = await askWith(first, rule);
			answers.push(answer);
			if (answer.accepted) break;
		}
		const found = answers.find(({ accepted }) => accepted);
		advise(first, found, answers.length);
		const json = {
			found: found !== undefined,
			signatureRule: found?.signatureRule ?? null,
			signatureEncoding: found?.signatureEncoding ?? null,
			timestampUnit: found?.timestampUnit ?? null,
			answers,
		};
		return [new OutputItem(json, { from: items.map(({ itemIndex }) => itemIndex) })];
	},
};
