import type { AddressedLetter } from './mailer.ts'

export interface Sender {
  /** `Name <address>`, or the address alone. */
  from: string
  replyTo?: string | undefined
}

/** A letter as nodemailer takes it. Programs that answer mail by themselves leave it alone (RFC 3834). */
export const compose = ({ from, replyTo }: Sender, { to, mailId, subject, text, html }: AddressedLetter) => ({
  from,
  replyTo,
  to: { name: '', address: to },
  subject,
  text,
  html,
  messageId: `<${mailId}@${from.slice(from.lastIndexOf('@') + 1).replace('>', '')}>`,
  headers: { 'auto-submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
})
