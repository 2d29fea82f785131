import type { Sandbox } from '../../../sandbox/index.mts';
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
		parameters: {
			title: OWN,
			detail: '从 9 点开始',
			type: 1,
			priority: 3,
			reportedTime: 1632742020,
			customerId: '1653682321878942721',
			customerName: '北京金山云网络技术有限公司',
			productId: '36',
			creatorId: '38361',
			creatorName: '姜程',
		},
		writes: 'ticket/create',
	},
	{
		name: 'ticket.reject',
		parameters: { ticketId },
		prepare: ticket,
		writes: 'reject_handle',
	},
];
