import { chinaText } from '../clock.mts';
import { otherBills, type Save } from './bills.mts';
import { Complained } from './complaint.mts';
import type { Handling } from './handleOrder.mts';
import {
	blankWorkOrder,
	emptyWorkOrder,
	seedWorkOrders,
	type DealRecord,
	type Photo,
	type WorkOrder,
} from './workOrder.mts';

/** What `commonApi` registered. */
export interface AttachmentRecord extends Photo {
	id: string;
	size: string;
}

/** The records of every entity, with their ids and numbers. */
export class Store {
	readonly orders = new Map(seedWorkOrders().map((order) => [order.id, order]));
	readonly dealRecords = new Map<string, DealRecord>();
	readonly attachments: AttachmentRecord[] = [];
	readonly #others = new Map(
		otherBills().map(([entity, bills]) => [entity, new Map(bills.map((bill) => [bill.id, bill]))]),
	);
	#nextId = 2240000000000000001n;
	#nextNumber = 1;

	/** @throws Complained where the sheet knows no such entity */
	of(entity: string): Map<string, object> {
		const known: Map<string, object> | undefined =
			entity === 'wg_service_workorder'
				? this.orders
				: entity === 'wg_deal_record'
					? this.dealRecords
					: this.#others.get(entity);
		if (known === undefined) throw new Complained('missing', 'entityName不存在');
		return known;
	}

	createWorkOrder(partial: Partial<WorkOrder>, now: number): WorkOrder {
		const id = partial.id ?? this.#id();
		const order = { ...blankWorkOrder(id, this.#number('fwgs', now), chinaText(now)), ...partial };
		this.orders.set(id, order);
		return order;
	}

	/** Creates a record, or changes the one of the id. */
	save({ entity, id, values }: Save, now: number): object {
		const bills = this.of(entity);
		const bill = id === null ? this.#blankBill(entity, now) : bills.get(id);
		if (bill === undefined) throw new Complained('missing', '单据不存在');
		const unknown = Object.keys(values).find((name) => !(name in bill));
		if (entity === 'wg_service_workorder' && unknown !== undefined) {
			throw new Complained('wrongFormat', `字段${unknown}不存在`);
		}
		Object.assign(bill, values);
		bills.set(String(Reflect.get(bill, 'id')), bill);
		return bill;
	}

	delete(entity: string, ids: string[]): void {
		const bills = this.of(entity);
		const missing = ids.find((id) => !bills.has(id));
		if (missing !== undefined) throw new Complained('missing', `单据${missing}不存在`);
		for (const id of ids) bills.delete(id);
	}

	/** Keeps what was recorded about an order. */
	handle(order: WorkOrder, handling: Handling, now: number): void {
		order.billstatus = handling.state;
		order.completionprogress = handling.progress;
		order.totalservicehours += handling.hours;
		if (handling.state === 'H') order.actualcompletiontime = handling.end;
		const record = this.#dealRecord(handling, now);
		this.dealRecords.set(record.id, record);
	}

	attach(file: Omit<AttachmentRecord, 'id'>): string {
		const id = this.#id();
		this.attachments.push({ id, ...file });
		return id;
	}

	#id(): string {
		return String(this.#nextId++);
	}

	#number(prefix: string, now: number): string {
		const day = chinaText(now).slice(0, 10).replaceAll('-', '');
		return `${prefix}-${day}-${String(this.#nextNumber++).padStart(8, '0')}`;
	}

	#blankBill(entity: string, now: number): object {
		const id = this.#id();
		if (entity === 'wg_service_workorder') {
			return emptyWorkOrder(id, this.#number('fwgs', now), chinaText(now));
		}
		return entity === 'wg_deal_record' ? { id, billno: this.#number('CLJL', now) } : { id };
	}

	#dealRecord(handling: Handling, now: number): DealRecord {
		return {
			id: this.#id(),
			billno: this.#number('CLJL', now),
			sourcebillno: handling.orderNo,
			feedbackno: handling.orderNo,
			wg_reason: { id: handling.reason },
			wg_scheme: { id: handling.scheme },
			wg_result: { id: handling.result },
			emp: { id: handling.handler },
			dept: { id: handling.department },
			startdate: handling.start,
			enddate: handling.end,
			mulemp: handling.helpers.map((id) => ({ fbasedataid_id: id })),
			combofield: handling.state,
			workinghours: handling.hours,
			completionprogress: handling.progress,
			remark: handling.note,
			wg_address: handling.address,
			wg_pre_image: handling.before,
			wg_after_image: handling.after,
		};
	}
}
