import { createTransport } from 'nodemailer'
import { compose, type Sender } from './compose.ts'
import { AddressRefused, LetterNotTaken, type Mailer } from './mailer.ts'
import { refusesAddress, type SmtpFailure } from './refuses-address.ts'

const SECOND = 1_000
/** As many as letters are sent at the same time. */
const CONNECTIONS = 2

interface SmtpOptions extends Sender {
  /** `smtp://user:password@host:port`; `smtps://` for TLS from the first byte. */
  url: string
  /** Without TLS neither credentials nor letters are given out. */
  requireTls: boolean
}

/** Hands letters to a mail server. Connections are kept open between letters. */
export function openSmtpMailer({ url, requireTls, ...sender }: SmtpOptions): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    // A kept connection that the server has closed meanwhile: once more by a new one, unless a byte of the letter was sent.
    maxRequeues: 1,
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: requireTls && !secure,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    dnsTimeout: 10 * SECOND,
    connectionTimeout: 20 * SECOND,
    greetingTimeout: 20 * SECOND,
    socketTimeout: 60 * SECOND,
  })
  return {
    send: async letter => {
      try {
        await transport.sendMail(compose(sender, letter))
      } catch (error) {
        throw readFailure(error as SmtpFailure)
      }
    },
    close: () => transport.close(),
  }
}

/** nodemailer's errors hold the addresses, and a server's answer repeats them: only codes go into the message. */
function readFailure(failure: SmtpFailure): LetterNotTaken {
  const { code, command, response, responseCode, message } = failure
  const said = responseCode === undefined ? (code ?? 'an error') : String(responseCode)
  const text = `the mail server ended a try with ${said} at ${command ?? 'an unknown step'}`
  const answer = response ?? `${code ?? ''} ${message ?? ''}`.trim()
  return refusesAddress(failure) ? new AddressRefused(text, answer) : new LetterNotTaken(text, answer)
}
