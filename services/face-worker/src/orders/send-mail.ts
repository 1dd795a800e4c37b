import type { Db } from '@pix/db/client.ts'
import { orders, outgoingMail } from '@pix/db/schema/orders.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { type Letter, writeLetter } from './write-letter.ts'

export interface MailDeps {
  db: Db
  /** Folder in which letters land, one `.eml` file each. */
  mailDir: string
  /** Origin of the shop. */
  publicOrigin: string
  now: () => Date
}

const MAX_TRIES = 5
const FROM = { name: 'ThePixStock', address: 'no-reply@thepixstock.test' }

/** Sends one letter of `outgoing_mail`. A crash before it is marked as sent sends the same letter over the first. */
export async function sendMail(deps: MailDeps, mailId: string): Promise<'sent' | 'nothing'> {
  const mail = await beginMail(deps.db, mailId)
  if (!mail) return 'nothing'
  const letter = writeLetter(mail.template, mail.locale === 'th' ? 'th' : 'en', {
    number: mail.number,
    link: `${deps.publicOrigin}/checkout/success/${mail.orderId}`,
  })
  await drop(deps.mailDir, mailId, mail.recipient, letter)
  await deps.db.update(outgoingMail).set({ sentAt: deps.now() }).where(eq(outgoingMail.id, mailId))
  return 'sent'
}

async function beginMail(db: Db, mailId: string) {
  const [mail] = await db
    .update(outgoingMail)
    .set({ attempts: sql`${outgoingMail.attempts} + 1` })
    .from(orders)
    .where(
      and(
        eq(outgoingMail.id, mailId),
        isNull(outgoingMail.sentAt),
        sql`${outgoingMail.attempts} < ${MAX_TRIES}`,
        eq(orders.id, outgoingMail.orderId),
      ),
    )
    .returning({
      template: outgoingMail.template,
      recipient: outgoingMail.recipient,
      locale: outgoingMail.locale,
      orderId: outgoingMail.orderId,
      number: orders.number,
    })
  return mail
}

/** Whole or not at all, under a name of its own. */
async function drop(folder: string, mailId: string, to: string, letter: Letter): Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await transport.sendMail({ from: FROM, to, messageId: `<${mailId}@thepixstock.test>`, ...letter })
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${mailId}.eml`)
  await writeFile(`${file}.part`, message as Buffer)
  await rename(`${file}.part`, file)
}
