import { Clock } from './clock.mts';
import { openControl } from './control.mts';
import { Faults } from './faults.mts';
import type { Service, Surroundings } from './http.mts';
import { kingdeeAccount } from './kingdee/account.mts';
import { Kingdee } from './kingdee/index.mts';
import { kingsoftCloudAccount } from './kingsoftCloud/account.mts';
import { KingsoftCloud } from './kingsoftCloud/index.mts';
import { Ledger } from './ledger.mts';
import { listen } from './server.mts';
import type { Server } from './server.mts';
import { Storm } from './storm.mts';
import type { StormOptions } from './storm.mts';
import { sevenMoorAccount } from './sevenMoor/account.mts';
import { SevenMoor } from './sevenMoor/index.mts';
import type { Fault, RecordedRequest, SandboxOptions, Vendor } from './types.mts';
import { weibanAccount } from './weiban/account.mts';
import { Weiban } from './weiban/index.mts';

export type { Fault, FaultKind, RecordedRequest, SandboxOptions, Vendor } from './types.mts';
export type { StormKind, StormOptions } from './storm.mts';
export type { Storm };
export { STORM_KINDS } from './storm.mts';
export type { Part } from './http.mts';
export type { Delivery } from './deliver.mts';
export type { SignatureInput, SignaturePreset, SignatureRule } from './kingsoftCloud/signature.mts';
export type { Ticket } from './kingsoftCloud/ticket.mts';
export type { WorkOrder as KingdeeWorkOrder, DealRecord } from './kingdee/workOrder.mts';
export type { WorkOrder as WeibanWorkOrder } from './weiban/workOrder.mts';
export type { EventDelivery, PushOptions } from './weiban/events.mts';
export type { Dictionary, DictionaryOption } from './sevenMoor/dictionary.mts';
export type { Outflow } from './sevenMoor/outflow.mts';
export type { Kingdee, KingsoftCloud, SevenMoor, Weiban };

/** Everything a client must know to log in; the values never change. */
export const accounts = {
	kingdee: kingdeeAccount,
	kingsoftCloud: kingsoftCloudAccount,
	sevenMoor: sevenMoorAccount,
	weiban: weibanAccount,
} as const;

export interface Sandbox {
	/** `http://127.0.0.1:<port>`, no trailing slash. */
	addresses: Record<Vendor | 'control', string>;
	accounts: typeof accounts;
	requests(vendor?: Vendor): RecordedRequest[];
	clearRequests(): void;
	/** State, settings, faults, clock and ledger back to the start. */
	reset(): void;
	clock: {
		/** Epoch ms. */
		now(): number;
		advance(ms: number): void;
	};
	faults: {
		add(fault: Fault): void;
		/** Lets a storm rage until `clear` or `reset`. */
		storm(options: StormOptions): Storm;
		clear(): void;
	};
	kingdee: Kingdee;
	kingsoftCloud: KingsoftCloud;
	sevenMoor: SevenMoor;
	weiban: Weiban;
	close(): Promise<void>;
}

/** In turn everything that ends a session of Kingdee (sheet kingdee §2.3d). */
function* kingdeeSessionEnds(kingdee: Kingdee): Generator<void, never> {
	for (let count = 1; ; count++) {
		yield kingdee.expireTokens();
		yield kingdee.moveGroup(`ns-storm${count}`);
		kingdee.rotateAppSecret();
		yield kingdee.expireTokens();
		yield kingdee.moveDomain(`https://tf-storm${count}.jdy.com`);
	}
}

/** Starts the four vendors and the control interface, each on a loopback port of its own. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock();
	const ledger = new Ledger();
	const faults = new Faults();
	const addresses = { kingdee: '', kingsoftCloud: '', sevenMoor: '', weiban: '', control: '' };
	const around = (vendor: Vendor): Surroundings => ({ clock, address: () => addresses[vendor] });

	const kingdee = new Kingdee(around('kingdee'));
	const kingsoftCloud = new KingsoftCloud(around('kingsoftCloud'));
	const sevenMoor = new SevenMoor(around('sevenMoor'));
	const weiban = new Weiban(around('weiban'));
	const vendors = { kingdee, kingsoftCloud, sevenMoor, weiban };

	const kingdeeEnds = kingdeeSessionEnds(kingdee);
	const sessionEnds: Partial<Record<Vendor, () => void>> = {
		kingdee: () => kingdeeEnds.next(),
		weiban: () => weiban.expireTokens(),
	};

	const servers: { close(): Promise<void> }[] = [];
	const close = async () => {
		await Promise.all(servers.map((server) => server.close()));
	};
	const open = async (vendor: Vendor, service: Service): Promise<Server> => {
		const port = options.ports?.[vendor] ?? 0;
		const server = await listen({ vendor, service, port, clock, ledger, faults });
		servers.push(server);
		addresses[vendor] = server.address;
		return server;
	};

	const sandbox: Sandbox = {
		addresses,
		accounts,
		...vendors,
		requests: (vendor) => ledger.list(vendor),
		clearRequests: () => ledger.clear(),
		reset() {
			clock.reset();
			faults.clear();
			ledger.clear();
			for (const vendor of Object.values(vendors)) vendor.reset();
		},
		clock: { now: () => clock.now(), advance: (ms) => clock.advance(ms) },
		faults: {
			add: (fault) => faults.add(fault),
			storm(options) {
				const storm = new Storm(options, (vendor) => sessionEnds[vendor]?.());
				faults.raise(storm);
				return storm;
			},
			clear: () => faults.clear(),
		},
		close,
	};

	try {
		await open('kingdee', kingdee);
		await open('kingsoftCloud', kingsoftCloud);
		await open('sevenMoor', sevenMoor);
		await open('weiban', weiban);
		const control = await openControl(sandbox, options.ports?.control ?? 0);
		servers.push(control);
		addresses.control = control.address;
	} catch (error) {
		await close();
		throw error;
	}
	return sandbox;
}
