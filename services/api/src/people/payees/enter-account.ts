import type { PayeeDetails } from '@pix/contracts/payees.ts'
import type { Tx } from '@pix/db/client.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { accountLabel } from './account-label.ts'
import type { PayeeKey } from './read-account.ts'

const HOUR_MS = 3_600_000

export interface EnteredAccount {
  payee: PayeeKey & { name: string }
  details: PayeeDetails
  locale: 'th' | 'en'
  /** Addresses that get a letter. */
  recipients: readonly string[]
}

/**
 * Replaces the bank account of a payee, as part of a transaction. Nothing is paid to the new one for some days, so that
 * a payee whose account was replaced by a stranger reads the letter before.
 *
 * @returns ids of the letters
 */
export async function enterAccount(
  ctx: CallerContext,
  tx: Tx,
  { payee, details, locale, recipients }: EnteredAccount,
): Promise<string[]> {
  const { party, ownerId } = payee
  const [id, at] = [ctx.newId(), ctx.now()]
  const usableFrom = new Date(at.getTime() + ctx.settings.PAYEE_ACCOUNT_WAIT_HOURS * HOUR_MS)
  const [before] = await tx
    .update(payeeAccounts)
    .set({ endedAt: at, end: 'replaced' })
    .where(and(eq(payeeAccounts.party, party), eq(payeeAccounts.ownerId, ownerId), isNull(payeeAccounts.endedAt)))
    .returning({ lastDigits: payeeAccounts.lastDigits })
  const lastDigits = details.account.slice(-4)
  await tx.insert(payeeAccounts).values({
    id,
    party,
    ownerId,
    details: seal(ctx.settings.COLUMN_KEYS, payeeAccounts.details, id, JSON.stringify(details)),
    lastDigits,
    form: details.form,
    vatRegistered: details.vatRegistered,
    locale,
    createdAt: at,
    createdBy: ctx.caller.userId,
    usableFrom,
  })
  // The number itself is encrypted where it is kept.
  await recordAudit({ ...ctx, db: tx }, 'payee.change', `${party}:${ownerId}`, {
    ...(before && { before: { endsWith: before.lastDigits } }),
    after: { bank: details.bank, endsWith: lastDigits, usableFrom: usableFrom.toISOString() },
  })
  const facts = {
    name: payee.name,
    account: accountLabel({ bank: details.bank, lastDigits }, locale),
    day: dayOf(usableFrom, locale),
  }
  return queueLetters(ctx, tx, { id, locale, recipients, facts })
}

interface Change {
  /** The id of the account's row. */
  id: string
  locale: 'th' | 'en'
  recipients: readonly string[]
  facts: { name: string; account: string; day: string }
}

async function queueLetters(ctx: CallerContext, tx: Tx, { id, locale, recipients, facts }: Change): Promise<string[]> {
  const letters = []
  for (const to of recipients) {
    const letter = await queueLetter(ctx, tx, {
      template: 'payee_changed',
      to,
      locale,
      facts,
      secrets: {},
      path: '/forgot-password',
      dedupeKey: `payee_changed:${id}:${to}`,
    })
    if (letter !== null) letters.push(letter)
  }
  return letters
}

const dayOf = (at: Date, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'th' ? 'th-TH' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Bangkok',
  }).format(at)
