import { httpRequest, JIRA, ticketNode, type NodeRun } from './n8n.mts';

const PAGE = 100;

export type ListSide = 'simplified' | 'raw' | 'http' | 'jira';

/** All tickets of the stub, 100 a page: by the pack, by HTTP Request's pagination, by n8n's Jira node. */
export function listRun(side: ListSide, address: string): NodeRun {
	if (side === 'http') {
		const pagination = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'body', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: `={{ $pageCount * ${PAGE} >= $response.body.data.pagination.total }}`,
		};
		return httpRequest(address, {
			method: 'POST',
			url: `${address}/workorder/api/ticket/list_tickets`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({ page: 1, page_size: PAGE }),
			options: { pagination: { pagination } },
		});
	}
	if (side === 'jira') {
		return {
			type: JIRA,
			parameters: {
				resource: 'issue',
				operation: 'getAll',
				jiraVersion: 'cloud',
				returnAll: true,
				options: {},
			},
			credentials: {
				jiraSoftwareCloudApi: { domain: address, email: 'bench@example.com', apiToken: 'bench' },
			},
		};
	}
	return ticketNode(address, 'getAll', { returnAll: true, output: side });
}

/** HTTP Request answers an item for each page. */
export const itemsOf = (side: ListSide, tickets: number) =>
	side === 'http' ? tickets / PAGE : tickets;

export const pagesOf = (tickets: number) => Math.ceil(tickets / PAGE);
