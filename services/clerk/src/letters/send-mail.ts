import type { Db } from '@pix/db/client.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { type Letter, writeLetter } from '@pix/mail/write-letter.ts'

export interface MailDeps {
  db: Db
  /** Folder in which letters land, one `.eml` file each. */
  mailDir: string
  /** Origin of the shop. */
  publicOrigin: string
  now: () => Date
  log: Pick<Log, 'error'>
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
const FROM = { name: 'ThePixStock', address: 'no-reply@thepixstock.test' }

/** After so many tries: half a minute, doubling to an hour. A day has about thirty tries. */
const waitMs = (tries: number): number => Math.min(HOUR, 30 * SECOND * 2 ** (tries - 1))

/**
 * Sends one letter of `outgoing_mail`. A crash before it is marked as sent sends the same letter over the first. One that
 * cannot be sent is tried for a day; then it is given up, and an alert fires.
 */
export async function sendMail(deps: MailDeps, mailId: string): Promise<'sent' | 'nothing' | 'given_up'> {
  const mail = await beginMail(deps, mailId)
  if (!mail) return 'nothing'
  try {
    const letter = writeLetter(mail.template, mail.locale === 'th' ? 'th' : 'en', {
      number: mail.data.number,
      link: `${deps.publicOrigin}/checkout/success/${mail.data.orderId}`,
    })
    await drop(deps.mailDir, mailId, mail.recipient, letter)
  } catch (error) {
    if (mail.nextTryAt !== null) throw error
    deps.log.error({ err: error, mailId, template: mail.template, tries: mail.attempts }, 'a letter was given up')
    return 'given_up'
  }
  await deps.db.update(outgoingMail).set({ sentAt: deps.now(), nextTryAt: null }).where(eq(outgoingMail.id, mailId))
  return 'sent'
}

/** The time of the next try is written before this one: a crash waits like a failure. The first try after a day is the last. */
async function beginMail({ db, now }: MailDeps, mailId: string) {
  return db.transaction(async tx => {
    const open = and(eq(outgoingMail.id, mailId), isNull(outgoingMail.sentAt), isNotNull(outgoingMail.nextTryAt))
    const [mail] = await tx.select().from(outgoingMail).where(open).for('update')
    if (!mail) return undefined
    const attempts = mail.attempts + 1
    const at = now().getTime()
    const isLast = at - mail.createdAt.getTime() >= DAY
    const next = { attempts, nextTryAt: isLast ? null : new Date(at + waitMs(attempts)) }
    await tx.update(outgoingMail).set(next).where(eq(outgoingMail.id, mailId))
    return { ...mail, ...next }
  })
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
