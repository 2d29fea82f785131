import { randomBytes } from 'node:crypto';

import { jsonReply } from '../http.mts';
import type { Call, Reply } from '../http.mts';
import { kingdeeAccount as account } from './account.mts';
import { GATEWAY, gatewayReply } from './gateway.mts';

interface Code {
	redirectUri: string;
	userId: string;
	issuedAt: number;
}

export const LOG_IN_PATH = '/auth/oauth2/access_token';

interface LogInSettings {
	codeLifeMs: number;
	/** Where the answer has its token: unknown (sheet §2.1a). */
	logInShape: 'flat' | 'data';
	issueToken(userId: string): string;
}

/** The OAuth2 log-in with an authorisation code (sheet §2.1a). */
export class LogIn {
	#codes = new Map<string, Code>();

	clear(): void {
		this.#codes.clear();
	}

	/** What a person brings back from the browser; the redirect must be white-listed. */
	issueCode(redirectUri: string, userId: string, now: number): string {
		if (redirectUri !== account.redirectUri) throw new Error('redirect_uri is not registered');
		const code = randomBytes(16).toString('hex');
		this.#codes.set(code, { redirectUri, userId, issuedAt: now });
		return code;
	}

	/** The codes and texts of refusals are ours, but for 4002 to 4005. */
	answer({ query }: Call, now: number, settings: LogInSettings): Reply {
		const { client_id: clientId = '', client_secret: secret = '' } = query;
		if (clientId === '') return gatewayReply(GATEWAY.clientIdEmpty);
		if (clientId !== account.clientId) return gatewayReply(GATEWAY.clientIdInvalid);
		if (secret === '') return gatewayReply(GATEWAY.clientSecretEmpty);
		if (secret !== account.clientSecret) return gatewayReply(GATEWAY.clientPairInvalid);
		if (query['grant_type'] !== 'authorization_code') return fail('grant_type is invalid');
		const name = query['code'] ?? '';
		const code = this.#codes.get(name);
		this.#codes.delete(name);
		if (code === undefined || now - code.issuedAt >= settings.codeLifeMs) {
			return fail('code is invalid');
		}
		if (query['redirect_uri'] !== code.redirectUri) return fail('redirect_uri is invalid');
		const token = { access_token: settings.issueToken(code.userId) };
		return jsonReply(
			settings.logInShape === 'flat' ? token : { errcode: 0, description: 'success', data: token },
		);
	}
}

const fail = (description: string) =>
	jsonReply({ errcode: 400, description }, { refusal: `400 ${description}` });
