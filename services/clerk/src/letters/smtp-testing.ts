import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

interface Received extends Omit<Email, 'to'> {
  /** The recipients of the envelope. */
  recipients: string[]
}

/** A mail server as a stranger would run it. */
export interface TestSmtp extends AsyncDisposable {
  port: number
  /** Letters that came whole, also those that were then refused. */
  received: Received[]
  /** Names that signed in. */
  users: string[]
  /** What comes before the answer to a recipient: an error is the answer. */
  onRecipient: (address: string) => Promise<void>
  /** What comes before the answer to a letter. */
  onLetter: (session: SMTPServerSession) => Promise<void>
  /** Ends every connection and takes no more. */
  close(): Promise<void>
}

export const USER = 'clerk'
export const PASSWORD = 'q7/kZ2:wide-Open'

/** An answer such as `451 4.7.1 come back later`. */
export function answer(text: string): Error {
  const [code, ...rest] = text.split(' ')
  return Object.assign(new Error(rest.join(' ')), { responseCode: Number(code) })
}

/** @param options `hideSTARTTLS` for a server that speaks no TLS */
export async function startSmtp(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtp> {
  const smtp: Omit<TestSmtp, 'port' | 'close' | typeof Symbol.asyncDispose> = {
    received: [],
    users: [],
    onRecipient: async () => {},
    onLetter: async () => {},
  }
  const server = new SMTPServer({
    allowInsecureAuth: true,
    authOptional: false,
    closeTimeout: 1,
    ...options,
    onAuth: ({ username, password }, _, callback) => {
      if (username !== USER || password !== PASSWORD) return callback(answer('535 5.7.8 wrong'))
      smtp.users.push(username)
      callback(null, { user: username })
    },
    onRcptTo: ({ address }, _, callback) => void smtp.onRecipient(address).then(() => callback(), callback),
    onData: (stream, session, callback) => {
      const take = async () => {
        const { to: _, ...letter } = await PostalMime.parse(await buffer(stream))
        smtp.received.push({ ...letter, recipients: session.envelope.rcptTo.map(({ address }) => address) })
        await smtp.onLetter(session)
      }
      void take().then(() => callback(), callback)
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const close = () => new Promise<void>(resolve => server.close(resolve))
  return Object.assign(smtp, {
    port: (server.server.address() as AddressInfo).port,
    close,
    [Symbol.asyncDispose]: close,
  })
}

/** The setting that leads to it. */
export const smtpUrl = ({ port }: { port: number }): string =>
  `smtp://${USER}:${encodeURIComponent(PASSWORD)}@localhost:${port}`
