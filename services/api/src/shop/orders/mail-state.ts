import type { MailState } from '@pix/contracts/orders.ts'
import type { outgoingMail } from '@pix/db/schema/letters.ts'

type Letter = Pick<typeof outgoingMail.$inferSelect, 'sentAt' | 'givenUp'>

/** How far a letter is: sent means that a mail server took it. */
export const mailState = ({ sentAt, givenUp }: Letter): MailState => (sentAt ? 'sent' : givenUp ? 'failed' : 'queued')
