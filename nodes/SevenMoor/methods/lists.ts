import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { fieldError } from '../../../lib/errors';
import { placeOf, type CallSite } from '../../../lib/exchange';
import { toUuid, ValueProblem } from '../../../lib/ids';
import type { JsonObject } from '../../../lib/json';
import { searchedHere, type ReadPage } from '../../../lib/listSearch';
import { toDictionary } from '../dictionary';
import { flatOptions, type FlatOption } from '../flatOption';
import {
	dictionaryById,
	dictionaryByName,
	dictionaryPage,
	isLastPage,
	USUAL_PAGE_SIZE,
} from '../transport/dictionaries';
import { statesOf } from '../transport/states';

/** Pages of all dictionaries; the mark of a page is its number and the number of records before it. */
const dictionaries: ReadPage = async (site, mark = '1 0') => {
	const [number = 1, read = 0] = mark.split(' ').map(Number);
	const page = await dictionaryPage(site, {}, number, USUAL_PAGE_SIZE);
	const seen = read + page.records.length;
	return {
		entries: page.records.map((record) => {
			const { id, name, headers, optionCount } = toDictionary(record);
			return {
				name: name ?? '',
				value: id ?? '',
				description: `${headers.join(' / ')} (${optionCount} options)`,
			};
		}),
		next: isLastPage(page, seen, USUAL_PAGE_SIZE) ? undefined : `${number + 1} ${seen}`,
	};
};

/** The dictionary that is chosen beside the option. */
async function chosenDictionary(site: CallSite): Promise<JsonObject> {
	const context = site.context as ILoadOptionsFunctions;
	const chosen = context.getCurrentNodeParameter('dictionaryId', { extractValue: true });
	const wanted = typeof chosen === 'string' ? chosen.trim() : '';
	const refuse = (problem: string, advice: string) =>
		fieldError(placeOf(site), 'Dictionary', new ValueProblem(problem, advice));
	if (wanted === '') throw refuse('is empty', 'Choose the dictionary first.');
	const id = toUuid(wanted);
	const record = await (id instanceof ValueProblem
		? dictionaryByName(site, wanted)
		: dictionaryById(site, id));
	if (record === undefined) {
		throw refuse(`has no dictionary in 7moor: "${wanted}"`, 'Choose another dictionary.');
	}
	return record;
}

function described({ enabled, state }: FlatOption): string {
	if (enabled === null) return `state ${state ?? 'unknown'}`;
	return enabled ? 'enabled' : 'disabled';
}

/** All options come with their dictionary, for one call. */
const options: ReadPage = async (site) => {
	const states = await statesOf(site);
	const flat = [...flatOptions(await chosenDictionary(site), states)].map((entry) => entry.flat);
	return {
		entries: flat.map((option) => ({
			name: option.path,
			value: option.key ?? '',
			description: described(option),
		})),
	};
};

/** Whether the query takes a part of a name is unknown (sheet 7moor §3.1), so names are compared here. */
export const listSearch = {
	searchDictionaries: searchedHere(dictionaries),
	searchOptions: searchedHere(options),
};
