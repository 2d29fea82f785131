import { parseArgs } from 'node:util';

export const modes = ['durable', 'default'] as const;
/** How n8n keeps what a polling trigger remembers. */
export type Mode = (typeof modes)[number];

export interface KillOptions {
	mode: Mode;
	kills: number;
	graceful: number;
	tickets: number;
	changes: number;
	/** What 7moor and Weiban push to a webhook, each. */
	pushes: number;
	seed: number;
	/** Seconds between two polls; a divisor of 60. */
	every: number;
	/** Leaves n8n's scheduler as it comes, which makes up for missed polls all at once. */
	storm: boolean;
	keep: boolean;
}

export const usage = `Usage: npm run test:kill [-- options]

Lets tickets be created and changed in the sandbox while a real n8n, in which this pack is installed, is
killed (SIGKILL) and restarted again and again, and then ended gracefully (SIGTERM) and restarted. The
triggers of Kingsoft Cloud, Kingdee and Weiban poll; 7moor and Weiban push to webhooks until they are
taken. Each event must stand in n8n's database as data of an execution. Prints a table; the status is 1
when an event was lost, told wrongly, told under two ids, or repeated without a kill. Without options it
takes half an hour on a quiet machine.

  --mode durable  n8n keeps the memory of a trigger and the execution in one transaction (the default)
  --mode default  n8n as it comes, which saves them one beside the other
  --kills N       number of SIGKILLs (50)
  --graceful N    number of graceful restarts (20)
  --tickets N     tickets to create in Kingsoft Cloud (2000); a quarter as many in Kingdee, and in Weiban
  --changes N     changes of these tickets (6000); a quarter as many in Kingdee, and in Weiban
  --pushes N      events that 7moor pushes, and that Weiban pushes (1000)
  --seed N        seed of everything that is random (1)
  --every N       seconds between two polls, a divisor of 60 (5)
  --storm         let n8n make up for missed polls all at once, as its durable scheduler does unless
                  told otherwise
  --keep          keep the run folder with n8n's database and log, which a failure keeps in any case
  --help          show this text

A short run: --kills 5 --graceful 3 --tickets 200 --changes 600 --pushes 100
`;

const numbers = {
	kills: '50',
	graceful: '20',
	tickets: '2000',
	changes: '6000',
	pushes: '1000',
	seed: '1',
	every: '5',
} as const;
type NumberName = keyof typeof numbers;

function wholeNumber(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}"`);
	return Number(text);
}

function modeOf(text: string): Mode {
	const mode = modes.find((known) => known === text);
	if (mode === undefined) throw new Error(`--mode takes ${modes.join(' or ')}, not "${text}"`);
	return mode;
}

/** Undefined where help is asked for. */
export function readOptions(args?: string[]): KillOptions | undefined {
	const number = (name: NumberName) => ({ type: 'string', default: numbers[name] }) as const;
	const { values } = parseArgs({
		args,
		options: {
			mode: { type: 'string', default: modes[0] },
			kills: number('kills'),
			graceful: number('graceful'),
			tickets: number('tickets'),
			changes: number('changes'),
			pushes: number('pushes'),
			seed: number('seed'),
			every: number('every'),
			storm: { type: 'boolean', default: false },
			keep: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const options: KillOptions = {
		mode: modeOf(values.mode),
		kills: wholeNumber('kills', values.kills),
		graceful: wholeNumber('graceful', values.graceful),
		tickets: wholeNumber('tickets', values.tickets),
		changes: wholeNumber('changes', values.changes),
		pushes: wholeNumber('pushes', values.pushes),
		seed: wholeNumber('seed', values.seed),
		every: wholeNumber('every', values.every),
		storm: values.storm,
		keep: values.keep,
	};
	if (options.every === 0 || 60 % options.every !== 0) {
		throw new Error('--every takes a divisor of 60');
	}
	if (options.tickets === 0) throw new Error('--tickets takes at least 1');
	return options;
}
