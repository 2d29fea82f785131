import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { signInCall, type SignInAnswer } from '../../lib/signIn';
import { plainAnswerCheck, refusal, refused, type Step } from './refusal';

/**
 * One step of a log-in.
 *
 * @throws SignInProblem where Kingdee refuses it or cannot be reached
 */
export async function ask(
	helpers: IHttpRequestHelper['helpers'],
	request: IHttpRequestOptions,
	step: Step,
): Promise<SignInAnswer> {
	const answer = await signInCall(helpers, 'Kingdee', request, plainAnswerCheck);
	const signature = request.headers?.['X-Api-Signature'];
	const secrets = [...step.secrets, ...(typeof signature === 'string' ? [signature] : [])];
	if (refused(answer)) throw refusal(answer, { ...step, secrets });
	return answer;
}
