import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isEncodingAesKey } from '../../../credentials/signing/weiban';
import { ValueProblem } from '../../../lib/ids';

/** What callbacks are checked with. */
export interface CallbackAccount {
	readonly token: string;
	readonly encodingAesKey: string;
	/** The id that events must carry; null where any will do. */
	readonly receiveId: string | null;
}

const textIn = (value: unknown) => String(value ?? '').trim();

/** Reads the Weiban Callback API credential; a problem begins with the name of its field. */
export function callbackAccount(
	credentials: ICredentialDataDecryptedObject,
): CallbackAccount | ValueProblem {
	const token = textIn(credentials.token);
	const encodingAesKey = textIn(credentials.aesSecretKey);
	const corpId = textIn(credentials.corpId);
	const receiveId = textIn(credentials.receiveId);
	// Without a token anybody could sign.
	if (token === '') return new ValueProblem('Token is empty', 'Copy it from Weiban.');
	if (!isEncodingAesKey(encodingAesKey)) {
		return new ValueProblem(
			`EncodingAESKey does not have 43 letters, digits, + or / (it has ${encodingAesKey.length} characters)`,
			'Copy it from Weiban again, as a whole.',
		);
	}
	if (credentials.receiveIdIs === 'any') return { token, encodingAesKey, receiveId: null };
	if (credentials.receiveIdIs === 'other') {
		return { token, encodingAesKey, receiveId: receiveId === '' ? null : receiveId };
	}
	if (corpId === '') {
		return new ValueProblem(
			'Corp ID is empty',
			'Enter it, or choose what Receive ID Is stands for in another way.',
		);
	}
	return { token, encodingAesKey, receiveId: corpId };
}
