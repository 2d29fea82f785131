import type { Sandbox } from '../../../sandbox/index.mts';
import { newTicket } from '../../engine/examples/kingsoftCloud.mts';
import type { OwnValues, Plan } from '../plan.mts';

const OWN = '={{ $json.own }}';
const ticketId = OWN;
const CLOSER = '40084';

const ticket = ({ kingsoftCloud }: Sandbox, { own }: OwnValues) =>
	void kingsoftCloud.createTicket({
		id: own,
		creator_id: CLOSER,
		customer_organization_name: own,
	});

export const kingsoftCloud: readonly Plan[] = [
	{ name: 'ticket.get', parameters: { ticketId }, prepare: ticket },
	{ name: 'ticket.getDetails', parameters: { ticketId }, prepare: ticket },
	{ name: 'ticket.getAll', parameters: { filters: { customerName: OWN } }, prepare: ticket },
	{
		name: 'attachment.upload',
		parameters: { binaryPropertyName: 'data' },
		hasFile: true,
		writes: 'upload_file',
	},
	{
		name: 'ticket.close',
		parameters: {
			ticketId,
			closerId: CLOSER,
			closerName: '田金秀',
			solvedTime: '1660298589',
			isSolved: true,
		},
		prepare: ticket,
		writes: 'close_ticket',
	},
	{
		name: 'ticket.comment',
		parameters: { ticketId, detail: '已重启' },
		prepare: ticket,
		writes: 'comment_ticket',
	},
	{
		name: 'ticket.create',
		parameters: { ...newTicket, title: OWN },
		writes: 'ticket/create',
	},
	{
		name: 'ticket.reject',
		parameters: { ticketId },
		prepare: ticket,
		writes: 'reject_handle',
	},
];
