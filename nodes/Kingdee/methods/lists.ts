import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import type { CallSite } from '../../../lib/exchange';
import type { JsonObject } from '../../../lib/json';
import {
	searchedByVendor,
	searchedHere,
	type ListPage,
	type ReadPage,
} from '../../../lib/listSearch';
import { firstText } from '../../../lib/workOrder';
import {
	entities,
	PROCESSING_RECORD,
	PROCESSING_RECORD_FIELDS,
	WORK_ORDER,
	WORK_ORDER_FIELDS,
} from '../entities';
import { productPage, type ProductList } from '../transport/product';
import { listPage, type Condition } from '../transport/records';

const PAGE_SIZE = 50;

const nameFields = ['name', 'promble', 'remark'];
const numberFields = ['number', 'billno'];

function entryFor(row: JsonObject, valueField: string): INodeListSearchItems {
	const texts = [firstText(row, numberFields), firstText(row, nameFields)];
	const name = texts.filter((text) => text !== null).join(' · ');
	const value = String(row[valueField] ?? '');
	return { name: name === '' ? value : name, value };
}

function pageOf(rows: JsonObject[], page: number, more: boolean, valueField = 'id'): ListPage {
	return {
		entries: rows.map((row) => entryFor(row, valueField)),
		next: more ? String(page + 1) : undefined,
	};
}

/** The number and the problem are what people know of a work order. */
function workOrders(valueField: 'id' | 'billno'): ReadPage {
	return async (site, token, filter) => {
		const page = Number(token ?? 1);
		const value = `%${filter}%`;
		const conditions: Condition[] = ['billno', 'promble'].map((property) => ({
			property,
			cp: 'like',
			value,
		}));
		const query = {
			entityName: WORK_ORDER,
			selectProperties: 'id,billno,promble',
			anyOf: filter === '' ? [] : conditions,
		};
		const { rows, full } = await listPage(site, query, page, PAGE_SIZE);
		return pageOf(rows, page, full, valueField);
	};
}

/** Which fields an entity has is published for two of them only; the others give theirs unasked. */
const selections: Record<string, string> = {
	[WORK_ORDER]: WORK_ORDER_FIELDS,
	[PROCESSING_RECORD]: PROCESSING_RECORD_FIELDS,
};

function chosenEntity({ context }: CallSite): string {
	const entity = (context as ILoadOptionsFunctions).getCurrentNodeParameter('entity', {
		extractValue: true,
	});
	return typeof entity === 'string' ? entity.trim() : '';
}

const searchRecords: ReadPage = async (site, token) => {
	const entityName = chosenEntity(site);
	if (entityName === '') return { entries: [] };
	const page = Number(token ?? 1);
	const query = { entityName, selectProperties: selections[entityName] ?? '' };
	const { rows, full } = await listPage(site, query, page, PAGE_SIZE);
	return pageOf(rows, page, full);
};

const searchEntities: ReadPage = async () => ({
	entries: Object.entries(entities).map(([value, name]) => ({ name: `${name} (${value})`, value })),
});

function searchProduct(list: ProductList): ReadPage {
	return async (site, token) => {
		const page = Number(token ?? 1);
		const { rows, more } = await productPage(site, list, page, PAGE_SIZE);
		return pageOf(rows, page, more);
	};
}

export const listSearch = {
	searchWorkOrders: searchedByVendor(workOrders('id')),
	searchWorkOrderNumbers: searchedByVendor(workOrders('billno')),
	searchRecords: searchedHere(searchRecords),
	searchEntities: searchedHere(searchEntities),
	searchStaff: searchedHere(searchProduct('staff')),
	searchDepartments: searchedHere(searchProduct('departments')),
};
