import { ERRCODE, Refused } from './codes.mts';
import { inTime, pageOf } from './input.mts';
import type { Query } from './input.mts';
import type { WeibanSettings } from './settings.mts';

/** An option of a select, radio or checked component (sample of page api-9571473). */
export interface ComponentOption {
	key: string;
	count: number;
	option_name: string;
	option_img_src: string;
}

export interface Component {
	id: number;
	title: string;
	/** input, textarea, select, selectMultiple, radio, checked, file, label or an unpublished one. */
	type: string;
	is_show: boolean;
	config: {
		component_id: string;
		is_custom_attr: boolean;
		is_required: boolean;
		max_length?: number;
		option_list: ComponentOption[];
		placeholder: string;
		sort: number;
	};
}

export interface Template {
	id: number;
	title: string;
	/** Meanings of the values are unknown. */
	status: number;
	count: number;
	/** Epoch seconds. */
	updated_at: number;
	/** 1 regular, 2 automated. */
	template_type: number;
	template_stage: object[];
	component_list: Component[];
}

export class Templates {
	readonly #templates = new Map<number, Template>();

	add(partial: Partial<Template> & { id: number }): Template {
		const template: Template = {
			title: `模板${partial.id}`,
			status: 1,
			count: 0,
			updated_at: 1639741382,
			template_type: 1,
			template_stage: [],
			component_list: builtInComponents(),
			...partial,
		};
		this.#templates.set(template.id, template);
		return template;
	}

	get(id: number): Template | undefined {
		return this.#templates.get(id);
	}

	/** @throws Refused 223014, which is documented for the detail page only */
	find(id: number): Template {
		const template = this.get(id);
		if (template === undefined) {
			throw new Refused(ERRCODE.unknownTemplate, 'template_id非法，对应工单模板不存在');
		}
		return template;
	}

	/** GET workorder/template/list. */
	list(query: Query, { aboveMaximum, templateTotal }: WeibanSettings) {
		const rows = [...this.#templates.values()].filter(({ updated_at }) =>
			inTime(updated_at, query),
		);
		return {
			...(templateTotal ? { total: rows.length } : {}),
			template_list: pageOf(rows, query, aboveMaximum).map(
				({ id, title, status, count, updated_at, template_type, template_stage }) => ({
					id,
					title,
					status,
					count,
					updated_at,
					template_type,
					template_stage,
				}),
			),
		};
	}

	/** GET workorder/template/detail. */
	detail(query: Query) {
		const { id, title, component_list } = this.find(Number(query['template_id']));
		const everybody = { staff_ids: [], department_ids: [] };
		return {
			template_detail: {
				id,
				title,
				permission_type: 1,
				is_flow_view: true,
				is_evaluate: false,
				creator_staff_filter: everybody,
				creator_staff_details: { staff_list: [], department_list: [] },
				component_list,
				flow_list: [],
			},
		};
	}
}

export const optionsOf = (...names: string[]): ComponentOption[] =>
	names.map((option_name, index) => ({
		key: String(index + 1),
		count: 0,
		option_name,
		option_img_src: '',
	}));

interface ComponentTraits {
	componentId?: string;
	required?: boolean;
	maxLength?: number;
	options?: string[];
	placeholder?: string;
}

export function component(
	id: number,
	sort: number,
	type: string,
	title: string,
	traits: ComponentTraits = {},
): Component {
	return {
		id,
		title,
		type,
		is_show: false,
		config: {
			component_id: traits.componentId ?? String(id),
			is_custom_attr: false,
			is_required: traits.required ?? false,
			...(traits.maxLength === undefined ? {} : { max_length: traits.maxLength }),
			option_list: optionsOf(...(traits.options ?? [])),
			placeholder: traits.placeholder ?? '',
			sort,
		},
	};
}

/** The type of `default-flow` is not published. */
function builtInComponents(): Component[] {
	return [
		component(155, 0, 'label', '工单编号', { componentId: 'default-number', required: true }),
		component(156, 1, 'input', '工单标题', {
			componentId: 'default-title',
			required: true,
			maxLength: 50,
			placeholder: '请输入工单标题',
		}),
		component(157, 2, 'flow', '工单流程', {
			componentId: 'default-flow',
			required: true,
			placeholder: '请选择工单流程',
		}),
	];
}

/** The template of the seed's work order, and one with what the seed's lacks. */
export function seedTemplates(): Templates {
	const templates = new Templates();
	templates.add({
		id: 62081,
		title: '鬼鬼',
		count: 4,
		component_list: [
			...builtInComponents(),
			component(15745, 6, 'file', '附件'),
			component(15873, 7, 'selectMultiple', '多拉下选框', { options: ['红', '绿', '蓝'] }),
			component(16001, 8, 'checked', '多选项', { options: ['早', '晚'] }),
			component(16129, 9, 'input', '电话', { required: true, maxLength: 11 }),
			component(16257, 10, 'select', '城市', { options: ['北京', '上海'] }),
		],
	});
	templates.add({
		id: 62082,
		title: '退货',
		updated_at: 1639741400,
		component_list: [
			...builtInComponents(),
			component(170, 3, 'radio', '原因', {
				componentId: '9170',
				required: true,
				options: ['坏了', '不要了'],
			}),
			component(171, 4, 'textarea', '说明', { componentId: '9171', maxLength: 200 }),
			component(172, 5, 'region', '地区', { componentId: '9172' }),
			component(173, 6, 'label', '请如实填写', { componentId: '9173' }),
		],
	});
	return templates;
}
