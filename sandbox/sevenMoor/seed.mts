import type { Dictionary } from './dictionary.mts';

export const UPDATE_USER = '3c4a5fa0-b812-11e9-b8d5-ed6d6e27def9';

/** The dictionary of the seed's query sample. */
export function seedDictionary(): Dictionary {
	return {
		_id: '75cf1273-042e-a83d-8118-ddfb50af4ac1',
		accountId: 'N00000046053',
		name: '修改接口三级',
		cascade: '3',
		headers: ['接口新增1', '接口新增2', '接口新增3'],
		createTime: '2021-12-03 15:16:12',
		biUpdateTime: '2021-12-03 15:52:10',
		options: [
			{
				name: '李婷测试接口3',
				key: '2546b891-9593-64b0-82e0-3485251c6a5a',
				state: '1',
				options: [
					{
						name: '嘿嘿1',
						key: '9056baed-c79c-cf29-f718-d76a02741076',
						state: '1',
						options: [
							{
								name: '滴滴2',
								key: '85a9691d-331a-0f23-afa2-a093e2c1c371',
								state: '1',
								options: [],
							},
						],
					},
				],
			},
		],
		updateTimeArr: [{ updateTime: '2021-12-03 15:52:10', updateUser: UPDATE_USER }],
	};
}
