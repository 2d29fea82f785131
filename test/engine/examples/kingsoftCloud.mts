import { picture, type Examples } from './example.mts';

/** A ticket with what has to be given. */
export const newTicket = {
	title: '云主机无法连接',
	detail: '从 9 点开始',
	type: 1,
	priority: 3,
	reportedTime: 1632742020,
	customerId: '1653682321878942721',
	customerName: '北京金山云网络技术有限公司',
	productId: '36',
	creatorId: '38361',
	creatorName: '姜程',
};

export const kingsoftCloud: Examples = {
	'account.findSignatureRule': { parameters: {} },
	'attachment.upload': { parameters: { binaryPropertyName: 'data' }, item: picture },
	'ticket.close': {
		parameters: {
			ticketId: '1473',
			closerId: '40084',
			closerName: '田金秀',
			solvedTime: '1660298589',
			isSolved: true,
		},
	},
	'ticket.comment': { parameters: { ticketId: '1204', detail: '已重启' } },
	'ticket.create': { parameters: newTicket },
	'ticket.downloadAttachment': { parameters: { ticketId: '1473' } },
	'ticket.get': { parameters: { ticketId: '1204' } },
	'ticket.getAll': { parameters: {} },
	'ticket.getDetails': { parameters: { ticketId: '1204' } },
	'ticket.reject': { parameters: { ticketId: '1204' } },
};
