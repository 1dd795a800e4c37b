import type { Db } from '@pix/db/client.ts'
import { readLetterWords } from '@pix/db/letter-words.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { goodMs } from '@pix/domain/letters.ts'
import { SAMPLE_FACTS, TEMPLATES } from '@pix/mail/preview-letters.ts'
import { type Letter, writeLetter, writeTestLetter } from '@pix/mail/write-letter.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { AddressRefused, LetterNotTaken, type Mailer } from './mailer.ts'

export interface MailDeps {
  db: Db
  mailer: Mailer
  /** Origin of the shop, or of the storefront of a studio by its slug. */
  originOf: (storefront: string | null) => string
  now: () => Date
  log: Pick<Log, 'error' | 'warn'>
}

type Mail = typeof outgoingMail.$inferSelect

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
/** Characters of a server's answer that are kept. */
const ANSWER = 500

/** What a server said, as it is kept. */
export const keptAnswer = (said: string): string => said.replaceAll(/\p{Cc}+/gu, ' ').slice(0, ANSWER)

/** The wait after a number of tries: half a minute, doubling to an hour. A day has about thirty tries. */
const waitMs = (tries: number): number => Math.min(HOUR, 30 * SECOND * 2 ** (tries - 1))

/**
 * Sends one letter of `outgoing_mail`. A crash before it is marked as sent sends the same letter again, with the same
 * Message-ID. One that cannot be sent is tried for a day; then it is given up, and an alert fires. One whose code or link
 * has ended is not sent. An address that is refused for good gets no letter any more.
 *
 * @returns how it ended
 */
export async function sendMail(
  deps: MailDeps,
  mailId: string,
): Promise<'sent' | 'nothing' | 'refused' | 'suppressed' | 'too_late' | 'given_up'> {
  const mail = await beginMail(deps, mailId)
  if (!mail) return 'nothing'
  if (mail.givenUp === 'suppressed' || mail.givenUp === 'too_late') {
    deps.log.warn({ mailId, template: mail.template, why: mail.givenUp }, 'a letter was given up and not sent')
    return mail.givenUp
  }
  try {
    await deps.mailer.send({ ...(await written(deps, mail)), to: mail.recipient, mailId, endAt: endAt(deps, mail) })
  } catch (error) {
    return await endFailedTry(deps, mail, error)
  }
  await deps.db
    .update(outgoingMail)
    .set({ sentAt: deps.now(), nextTryAt: null, secrets: null, givenUp: null, givenUpAt: null, lastAnswer: null })
    .where(eq(outgoingMail.id, mailId))
  return 'sent'
}

/** The token of a link stands in its fragment: neither servers nor their logs nor other pages get to see it. */
async function written({ db, originOf }: MailDeps, mail: Mail): Promise<Letter> {
  const { template, facts, secrets, path, storefront } = mail
  const { token, code, stop } = secrets ?? {}
  const locale = mail.locale === 'th' ? 'th' : 'en'
  const origin = originOf(storefront)
  const link = `${origin}${path}${token === undefined ? '' : `#${token}`}`
  const sample = TEMPLATES.find(name => template === 'test_letter' && name === facts['of'])
  const own = await readLetterWords(db, sample ?? template, locale)
  if (sample) return writeTestLetter(sample, locale, SAMPLE_FACTS, link, own)
  const ends = stop === undefined ? undefined : { stop: `${origin}/letters#${stop}`, choose: `${origin}${CHOOSE}` }
  return writeLetter(template, locale, { ...facts, ...(code !== undefined && { code }) }, link, own, ends)
}

/** The page on which photographers choose their letters. */
const CHOOSE = '/photographer/letters'

/** Where a mail program ends such letters by itself (RFC 8058). */
const endAt = ({ originOf }: MailDeps, { secrets, storefront }: Mail): string | undefined =>
  secrets?.stop === undefined ? undefined : `${originOf(storefront)}/api/letters/stop?token=${secrets.stop}`

/**
 * The time of the next try is written before this try, so a crash waits as a failure does. The first try after a day is
 * the last one. A letter to a suppressed address has no next try, and neither has one that would come too late.
 */
async function beginMail({ db, now }: MailDeps, mailId: string): Promise<Mail | undefined> {
  return db.transaction(async tx => {
    const open = and(eq(outgoingMail.id, mailId), isNull(outgoingMail.sentAt), isNotNull(outgoingMail.nextTryAt))
    const [mail] = await tx.select().from(outgoingMail).where(open).for('update')
    if (!mail) return undefined
    const [suppressed] = await tx
      .select()
      .from(suppressedAddresses)
      .where(eq(suppressedAddresses.address, mail.recipient.toLowerCase()))
    const next = suppressed
      ? { nextTryAt: null, givenUp: 'suppressed' as const, givenUpAt: now(), lastAnswer: suppressed.reason }
      : nextTry(mail, now())
    await tx
      .update(outgoingMail)
      .set({ ...next, secrets: next.nextTryAt && mail.secrets })
      .where(eq(outgoingMail.id, mailId))
    return { ...mail, ...next }
  })
}

function nextTry(mail: Mail, at: Date) {
  const attempts = mail.attempts + 1
  const age = at.getTime() - mail.createdAt.getTime()
  if (age >= (goodMs(mail.template) ?? Infinity))
    return { nextTryAt: null, givenUp: 'too_late' as const, givenUpAt: at }
  return age >= DAY
    ? { attempts, nextTryAt: null, givenUp: 'expired' as const, givenUpAt: at }
    : { attempts, nextTryAt: new Date(at.getTime() + waitMs(attempts)), givenUp: null, givenUpAt: null }
}

/** @throws the error of a try that is followed by another */
async function endFailedTry({ db, log, now }: MailDeps, mail: Mail, error: unknown): Promise<'refused' | 'given_up'> {
  const said = error instanceof LetterNotTaken ? error.answer : String(error)
  const lastAnswer = keptAnswer(said)
  const thisOne = eq(outgoingMail.id, mail.id)
  const facts = { err: error, mailId: mail.id, template: mail.template, tries: mail.attempts }
  if (error instanceof AddressRefused) {
    await db.transaction(async tx => {
      const address = mail.recipient.toLowerCase()
      await tx
        .insert(suppressedAddresses)
        .values({ address, reason: lastAnswer, suppressedAt: now(), mailId: mail.id })
        .onConflictDoNothing()
      await tx
        .update(outgoingMail)
        .set({ nextTryAt: null, secrets: null, givenUp: 'refused', givenUpAt: now(), lastAnswer })
        .where(thisOne)
    })
    log.warn(facts, 'a letter was given up: its address was refused')
    return 'refused'
  }
  await db.update(outgoingMail).set({ lastAnswer }).where(thisOne)
  if (mail.nextTryAt !== null) throw error
  log.error(facts, 'a letter was given up')
  return 'given_up'
}
