import PostalMime, { type Email } from 'postal-mime';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { waitFor } from './wait.mts';

export interface Mail {
	receivedAt: Date;
	from: string;
	to: string[];
	subject: string;
	text: string;
	/** Everything else, parsed. */
	parsed: Email;
}

export interface MailSink {
	host: string;
	port: number;
	user: string;
	password: string;
	mails: Mail[];
	/** A mail whose subject it is true for is answered with an error and not kept. */
	refuses: (subject: string) => boolean;
	/** The first mail that passes. */
	mail(passes: (mail: Mail) => boolean, timeoutMs?: number): Promise<Mail>;
	clear(): void;
	close(): Promise<void>;
}

/** An SMTP server with one account that keeps every mail it is given. */
export async function startMailSink(): Promise<MailSink> {
	const account = { user: 'playground', password: 'playground' };
	const mails: Mail[] = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		disableReverseLookup: true,
		onAuth({ username, password }, _connection, done) {
			const known = username === account.user && password === account.password;
			if (known) done(null, { user: username });
			else done(new Error('Wrong user or password'));
		},
		onData(stream, { envelope }, done) {
			const keep = async (): Promise<void> => {
				const parsed = await PostalMime.parse(await buffer(stream));
				const { mailFrom, rcptTo } = envelope;
				if (sink.refuses(parsed.subject ?? '')) throw new Error('ECONNREFUSED behind this server');
				mails.push({
					receivedAt: new Date(),
					from: mailFrom === false ? '' : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					subject: parsed.subject ?? '',
					text: parsed.text ?? '',
					parsed,
				});
			};
			keep().then(() => done(), done);
		},
	});
	// Connections that break off are not worth an exception.
	server.on('error', () => undefined);
	const listener = server.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	const address = listener.address();
	if (address === null || typeof address === 'string') throw new Error('Not a TCP port');
	const sink: MailSink = {
		host: '127.0.0.1',
		port: address.port,
		...account,
		mails,
		refuses: () => false,
		mail: async (passes, timeoutMs = 30_000) =>
			await waitFor(() => mails.find(passes), { what: 'a mail', timeoutMs, everyMs: 50 }),
		clear: () => void mails.splice(0),
		close: async () => await new Promise<void>((done) => server.close(() => done())),
	};
	return sink;
}
