import type { AddressInfo } from 'node:net'
import createServer from 'hoodiecrow-imap'

export interface TestImap extends AsyncDisposable {
  /** The setting that leads to its inbox. */
  url: string
  /** A message that nobody has seen arrives in the inbox. */
  arrive(raw: string): void
  /** Everything that was said to it. */
  received(): string
}

const PASSWORD = 'q7/kZ2:wide-Open'

/** A mailbox as a stranger would run it. */
export async function startImap(): Promise<TestImap> {
  const imap = createServer({
    plugins: ['ID', 'UNSELECT', 'UIDPLUS', 'LITERALPLUS'],
    users: { bounces: { password: PASSWORD } },
    storage: { INBOX: { messages: [] } },
  })
  let received = ''
  imap.server.on('connection', socket => socket.on('data', chunk => void (received += chunk)))
  await new Promise<void>(resolve => imap.listen(0, resolve))
  const { port } = imap.server.address() as AddressInfo
  return {
    url: `imap://bounces:${encodeURIComponent(PASSWORD)}@localhost:${port}`,
    received: () => received,
    arrive: raw => imap.appendMessage('INBOX', [], false, raw),
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => imap.server.close(() => resolve())),
  }
}

interface Report {
  action?: string
  status?: string
  diagnostic?: string
  /** The envelope's id, as servers give it back that speak RFC 3461. */
  envelopeId?: string
  /** Message-ID of the letter that came back. */
  messageId?: string
  returned?: string
}

/** A report as mail servers write it (RFC 3464). */
export const reportOf = ({
  action = 'failed',
  status = '5.1.1',
  diagnostic = `smtp; 550 ${status} no such user`,
  envelopeId,
  messageId,
  returned = 'text/rfc822-headers',
}: Report): string =>
  `From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: no-reply@shop.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_parts"

--=_parts
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example. Your message could not be delivered.

--=_parts
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
${envelopeId === undefined ? '' : `Original-Envelope-Id: ${envelopeId}\n`}Arrival-Date: Thu, 26 Nov 2026 10:00:00 +0700

Final-Recipient: rfc822; gone@buyer.test
Action: ${action}
Status: ${status}
Diagnostic-Code: ${diagnostic.replace(' ', '\n ')}

--=_parts
Content-Type: ${returned}

${messageId === undefined ? '' : `Message-ID: <${messageId}@shop.example>\n`}From: ThePixStock <no-reply@shop.example>
Subject: Your photos are ready

--=_parts--
`.replaceAll('\n', '\r\n')
