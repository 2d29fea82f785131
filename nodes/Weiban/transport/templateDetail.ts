import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callWeiban } from './index';

/** GET /open-api/workorder/template/detail (sheet weiban §3.8); undefined where the answer lacks it. */
export async function readTemplate(
	site: CallSite,
	templateId: string,
): Promise<JsonObject | undefined> {
	const { template_detail: detail } = await callWeiban(site, 'templateDetail', {
		template_id: templateId,
	});
	return isJsonObject(detail) ? detail : undefined;
}
