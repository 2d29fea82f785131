import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DictionaryOption } from '../../../sandbox/index.mts';
import type { Bench, Json } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { brief } from './listener.mts';
import { checkPollingTrigger } from './polling.mts';

const ENABLED = '2';
const DISABLED = '1';

const option = (name: string, state: string): DictionaryOption => ({
	name,
	key: randomUUID(),
	state,
	options: [],
});

/** Dictionaries that are added, and whose options change in every way. */
export async function checkDictionaryTrigger(checks: Checks, bench: Bench): Promise<void> {
	const name = '7moor Dictionary Trigger';
	const { sevenMoor } = bench.sandbox;
	// Of the 20 calls a minute that 7moor allows, the checks before this one have made many.
	sevenMoor.limitPerMinute = Infinity;
	await checkPollingTrigger(checks, bench, {
		name,
		vendor: 'sevenMoor',
		type: 'sevenMoorDictionaryTrigger',
		parameters: { events: ['dictionaryAdded', 'dictionaryChanged'], filters: {}, options: {} },
		credentials: [bench.credential('7moor')],
		pollEverySeconds: 3,
		events: async (listener) => {
			const [jam, ink, cold] = [
				option('卡纸', ENABLED),
				option('缺墨', DISABLED),
				option('不制冷', ENABLED),
			];
			const noise = option('异响', ENABLED);
			const dictionary = sevenMoor.createDictionary({
				name: '故障现象',
				options: [jam, ink, cold],
			});
			const id = dictionary._id;

			await checks.check(`${name}: a new dictionary is one event`, async () => {
				const event = await listener.nextOne();
				assert.equal(brief(event), `dictionaryAdded ${id}`);
				const added = event['dictionary'] as Json;
				assert.equal(added['name'], '故障现象');
				assert.deepEqual(added['paths'], [['卡纸'], ['缺墨'], ['不制冷']]);
			});
			await checks.check(
				`${name}: options added, renamed, enabled and disabled are one event`,
				async () => {
					// The sandbox hands out its own record; 7moor's back office would write like this.
					dictionary.options = [
						{ ...jam, name: '严重卡纸' },
						{ ...ink, state: ENABLED },
						{ ...cold, state: DISABLED },
						noise,
					];
					const event = await listener.nextOne();
					assert.equal(brief(event), `dictionaryChanged ${id}`);
					const told = ({ key }: DictionaryOption, path: string, state: string): Json => ({
						key,
						path: [path],
						state,
					});
					assert.deepEqual(event['changes'], {
						optionsAdded: { from: [], to: [told(noise, '异响', ENABLED)] },
						optionsRenamed: {
							from: [told(jam, '卡纸', ENABLED)],
							to: [told(jam, '严重卡纸', ENABLED)],
						},
						optionsEnabled: {
							from: [told(ink, '缺墨', DISABLED)],
							to: [told(ink, '缺墨', ENABLED)],
						},
						optionsDisabled: {
							from: [told(cold, '不制冷', ENABLED)],
							to: [told(cold, '不制冷', DISABLED)],
						},
					});
				},
			);
			await checks.check(`${name}: another name is one event`, async () => {
				dictionary.name = '故障类别';
				const event = await listener.nextOne();
				assert.equal(brief(event), `dictionaryChanged ${id}`);
				assert.deepEqual(event['changes'], { name: { from: '故障现象', to: '故障类别' } });
			});
		},
	});
}
