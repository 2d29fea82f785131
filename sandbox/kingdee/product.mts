import { randomBytes } from 'node:crypto';

import { jsonReply, textReply } from '../http.mts';
import type { Call, Reply } from '../http.mts';
import { USERS } from './account.mts';
import { checkXApi } from './gateway.mts';
import type { Reference } from './workOrder.mts';

/** Lists of 星辰 v2 by the last part of their path. */
export type ProductList = 'emp' | 'department' | 'customer';

const PATHS: Record<string, ProductList> = {
	'/jdy/v2/bd/emp': 'emp',
	'/jdy/v2/bd/department': 'department',
	'/jdy/v2/bd/customer': 'customer',
};

/** More is silently cut, while `total_page` is reckoned with what was asked for (sheet §5). */
const LARGEST_PAGE = 100;

interface ProductSettings {
	appTokenLifeMs: number;
	productListShape: 'rows' | 'array';
	idcDomain: string;
}

/** 星辰 v2: X-Api signature, app-token and the lists of staff, departments and customers (sheet §3.2). */
export class Product {
	static readonly paths = Object.keys(PATHS);

	#appTokens = new Map<string, number>();
	#lists = seedLists();

	clear(): void {
		this.#appTokens.clear();
		this.#lists = seedLists();
	}

	list(list: ProductList): Reference[] {
		return this.#lists[list];
	}

	issueAppToken(now: number): string {
		const token = randomBytes(24).toString('hex');
		this.#appTokens.set(token, now);
		return token;
	}

	/** Every app-token issued so far is refused from now on. */
	expireAppTokens(): void {
		this.#appTokens.clear();
	}

	answer(call: Call, now: number, settings: ProductSettings): Reply {
		const refusal = checkXApi(call, now);
		if (refusal !== null) return refusal;
		if (call.headers['x-gw-router-addr'] !== settings.idcDomain) return textReply(404, 'No Route');
		const issuedAt = this.#appTokens.get(call.headers['app-token'] ?? '');
		if (issuedAt === undefined || now - issuedAt >= settings.appTokenLifeMs) {
			// 401 stands in the list of the rules page (sheet §4.2); that it means this is ours.
			return fail(401, 'app-token无效', 401);
		}
		const page = wholeNumber(call.query['page'] ?? '1');
		const asked = wholeNumber(call.query['page_size'] ?? '10');
		if (page === null || asked === null) return fail(1030002006, 'page或page_size格式错误');
		const rows = this.#lists[PATHS[call.path] ?? 'emp'];
		const size = Math.min(asked, LARGEST_PAGE);
		const shown = rows.slice((page - 1) * size, page * size);
		return jsonReply({
			errcode: 0,
			description: 'success',
			data:
				settings.productListShape === 'array'
					? shown
					: {
							rows: shown,
							// Totals come as text (sheet §7).
							count: String(rows.length),
							page,
							page_size: size,
							total_page: Math.ceil(rows.length / asked),
						},
		});
	}
}

const fail = (errcode: number, description: string, status = 200) =>
	jsonReply({ errcode, description, data: null }, { status, refusal: `${errcode} ${description}` });

function wholeNumber(text: string): number | null {
	return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function seedLists(): Record<ProductList, Reference[]> {
	return {
		emp: [
			{ id: '1697009251337127936', number: 'YG001', name: '张工' },
			{ id: '2234984992394486784', number: 'YG002', name: '李工' },
			...USERS.map(({ number, name }, index) => ({
				id: `169700925133712${7940 + index}`,
				number,
				name,
			})),
		],
		department: [
			{ id: '1697221606960547840', number: 'BM001', name: '服务部' },
			{ id: '1697221606960547841', number: 'BM002', name: '销售部' },
		],
		customer: [
			{ id: '1701234567890123457', number: 'KH001', name: '南京示例机电有限公司' },
			{ id: '1701234567890123999', number: 'KH002', name: '上海示例科技有限公司' },
		],
	};
}
