import PostalMime, { type Attachment } from 'postal-mime'
import { refusesAddress, speaksOfAddress } from '../letters/refuses-address.ts'

/** What a mail server says of a letter that it had taken and could not deliver (RFC 3464). */
export interface Bounce {
  /** Row of `outgoing_mail`. */
  mailId: string
  /** Whether the address takes no mail, for good. Any other failure may pass, or is about us. */
  isHard: boolean
  /** The enhanced status code, such as `5.1.1`. */
  status: string
  /** What the server said. */
  answer: string
}

type Fields = ReadonlyMap<string, string>

const REPORT = 'message/delivery-status'
/** The letter that came back, whole or its headers alone. */
const RETURNED = ['text/rfc822-headers', 'message/rfc822', 'message/global', 'message/global-headers']
const LETTER_ID = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@[^>]*>)?$/i

/**
 * Reads a message of the mailbox for bounces. The letter is named by the envelope that we gave it, or by its Message-ID in
 * what came back.
 *
 * @returns null for a message that is no report of an undelivered letter of ours
 */
export async function readBounce(source: Uint8Array): Promise<Bounce | null> {
  const { attachments } = await PostalMime.parse(source, { attachmentEncoding: 'utf8', forceRfc822Attachments: true })
  const report = attachments.find(({ mimeType }) => mimeType === REPORT)
  if (!report) return null
  const [ofLetter, ...ofRecipients] = await fieldGroups(report)
  const failed = ofRecipients.find(fields => fields.get('action')?.toLowerCase() === 'failed')
  const mailId = letterId(ofLetter?.get('original-envelope-id')) ?? letterId(await returnedId(attachments))
  if (!failed || !mailId) return null
  const status = failed.get('status')?.split(/\s/)[0] ?? ''
  const diagnostic = failed.get('diagnostic-code') ?? ''
  return { mailId, isHard: isHard(status, diagnostic), status, answer: `${status} ${diagnostic}`.trim() }
}

/** The report's groups of fields, each written as the head of a message: of the letter first, then of each recipient. */
async function fieldGroups({ content }: Attachment): Promise<Fields[]> {
  const groups = String(content)
    .split(/\r?\n\r?\n/)
    .filter(group => group.trim() !== '')
  return Promise.all(groups.map(headOf))
}

async function headOf(text: string): Promise<Fields> {
  const { headers } = await PostalMime.parse(`${text.trim()}\r\n\r\n`)
  return new Map(headers.map(({ key, value }) => [key, value]))
}

async function returnedId(attachments: readonly Attachment[]): Promise<string | undefined> {
  const returned = attachments.find(({ mimeType }) => RETURNED.includes(mimeType))
  return returned && (await headOf(String(returned.content))).get('message-id')
}

const letterId = (text: string | undefined): string | null =>
  LETTER_ID.exec(text?.trim() ?? '')?.[1]?.toLowerCase() ?? null

/**
 * Whether a bounce is for good, by the status code. Where the code says nothing (`5.0.0`), the answer of the server to
 * which it was sent decides.
 */
function isHard(status: string, diagnostic: string): boolean {
  if (!status.startsWith('5.0.')) return speaksOfAddress(status)
  const response = /^\s*smtp\s*;\s*(.*)$/is.exec(diagnostic)?.[1] ?? ''
  return refusesAddress({ command: 'RCPT TO', response, responseCode: Number.parseInt(response) || 0 })
}
