import { ImapFlow } from 'imapflow'

const SECOND = 1_000

export interface MailboxOptions {
  /** `imaps://user:password@host:port/mailbox`. */
  url: string
  /** Without TLS the password is not given out. */
  requireTls: boolean
}

/** Signs in at a mail server and runs `use` on one mailbox. Logs nothing: what is said there holds addresses. */
export async function withMailbox<T>(
  { url, requireTls }: MailboxOptions,
  use: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  const secure = protocol === 'imaps:'
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    ...(!secure && requireTls && { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    connectionTimeout: 20 * SECOND,
    greetingTimeout: 20 * SECOND,
    socketTimeout: 60 * SECOND,
  })
  // A connection that breaks fails the command under way; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const lock = await client.getMailboxLock(decodeURIComponent(pathname.slice(1)) || 'INBOX')
    try {
      return await use(client)
    } finally {
      lock.release()
    }
  } finally {
    await client.logout().catch(() => client.close())
  }
}
