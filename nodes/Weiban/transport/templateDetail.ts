import type { CallSite, VendorContext } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { componentsOf, type Component } from '../components';
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

const known = new WeakMap<VendorContext, Map<string, Component[]>>();

/** The components of a template, asked for once in the run of a node. */
export async function templateComponents(site: CallSite, templateId: string): Promise<Component[]> {
	const ofRun = known.get(site.context) ?? new Map<string, Component[]>();
	known.set(site.context, ofRun);
	const components =
		ofRun.get(templateId) ?? componentsOf((await readTemplate(site, templateId)) ?? {});
	ofRun.set(templateId, components);
	return components;
}
