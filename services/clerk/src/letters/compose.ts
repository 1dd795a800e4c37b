import type { AddressedLetter } from './mailer.ts'

export interface Sender {
  /** `Name <address>`, or the address alone. */
  from: string
  replyTo?: string | undefined
  /** The address to which mail servers report what they could not deliver; without it the address of `from`. */
  bouncesTo?: string | undefined
}

/** A letter as nodemailer takes it. Programs that answer mail by themselves leave it alone (RFC 3834). */
export const compose = (
  { from, replyTo, bouncesTo }: Sender,
  { to, mailId, subject, text, html, endAt }: AddressedLetter,
) => ({
  from,
  replyTo,
  to: { name: '', address: to },
  subject,
  text,
  html,
  ...(bouncesTo !== undefined && { envelope: { from: bouncesTo, to: [to] } }),
  // Where servers speak RFC 3461, a report of what was not delivered names the letter by it.
  dsn: { envid: mailId, ret: 'HDRS' as const, notify: 'FAILURE' as const },
  messageId: `<${mailId}@${from.slice(from.lastIndexOf('@') + 1).replace('>', '')}>`,
  headers: {
    'auto-submitted': 'auto-generated',
    // One click in the mail program (RFC 8058).
    ...(endAt !== undefined && {
      'list-unsubscribe': `<${endAt}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    }),
  },
  disableFileAccess: true,
  disableUrlAccess: true,
})
