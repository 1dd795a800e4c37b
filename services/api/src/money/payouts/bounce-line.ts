import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { queueLetter, sendLetter } from '../../base/letters.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { type AccountRow, endBouncedAccount, payeeKey } from '../../people/payees/index.ts'
import { recordPayoutReturn } from '../ledger/index.ts'
import { eraseSettledAccounts } from './erase-accounts.ts'
import { lockBatch } from './draft-batch.ts'
import { letterOfLine } from './letter-of-line.ts'
import { peopleOf } from './names-of.ts'
import { describeBatch, settleBatch } from './read-batches.ts'

/**
 * Says that the transfer of a line came back, also one that the bank had confirmed: its payee is owed it again, a certificate of
 * it is void, and nothing is paid to the account any more. The payee is asked for another.
 *
 * @throws Problem `not_found`, `illegal_state` for one that was not sent or came back before
 */
export async function bounceLine(ctx: CallerContext, lineId: string, reason: string): Promise<PayoutBatchWithLines> {
  const [known] = await ctx.db
    .select({ batchId: payoutLines.batchId })
    .from(payoutLines)
    .where(eq(payoutLines.id, lineId))
  if (!known) throw notFound()
  const { letter, batch } = await settleBatch(ctx, known.batchId, async staff => {
    const { db } = staff
    const { number } = await lockBatch(staff, known.batchId, ['exported'])
    const { line, account } = await readSent(staff, lineId)
    const at = ctx.now()
    await db
      .update(payoutLines)
      .set({ state: 'bounced', bouncedAt: at, bounceReason: reason })
      .where(eq(payoutLines.id, lineId))
    await recordPayoutReturn(db, ctx, line, line.state === 'paid')
    await endBouncedAccount(db, line.accountId, at)
    const [before, after] = [{ state: line.state }, { number, amount: line.net, reason }]
    await recordAudit(staff, 'payout.bounce', `payout:${line.batchId}`, { before, after })
    const written = await tell(staff, number, line, account, reason)
    await eraseSettledAccounts(db, [line.accountId])
    return { letter: written, batch: await describeBatch(staff, line.batchId) }
  })
  if (letter !== null) await sendLetter(ctx, letter)
  return batch
}

type Line = typeof payoutLines.$inferSelect

async function tell(
  staff: StaffContext,
  number: string,
  line: Line,
  account: AccountRow,
  reason: string,
): Promise<string | null> {
  const email = (await peopleOf(staff.db, [line])).get(payeeKey(line))?.email ?? null
  if (email === null || account.details === null) return null
  const about = letterOfLine(staff, number, line, account)
  return queueLetter(staff.db, staff, {
    ...about,
    template: 'payout_bounced',
    to: email,
    facts: { ...about.facts, reason },
    dedupeKey: `payout_bounced:${line.id}`,
  })
}

/** Whoever changes lines has locked their batch. */
async function readSent({ db }: StaffContext, lineId: string) {
  const [found] = await db
    .select({ line: payoutLines, account: payeeAccounts })
    .from(payoutLines)
    .innerJoin(payeeAccounts, eq(payeeAccounts.id, payoutLines.accountId))
    .where(and(eq(payoutLines.id, lineId), inArray(payoutLines.state, ['approved', 'paid'])))
  if (!found) throw new Problem('illegal_state')
  return found
}
