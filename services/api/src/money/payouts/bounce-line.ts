import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { endBouncedAccount, payeeKey } from '../../people/payees/index.ts'
import { recordPayoutReturn } from '../ledger/index.ts'
import { eraseSettledAccounts, holdAccounts } from './erase-accounts.ts'
import { lockBatch } from './draft-batch.ts'
import { queueLineLetters } from './letter-of-line.ts'
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
  const { letters, batch } = await settleBatch(ctx, known.batchId, async staff => {
    const { db } = staff
    const { number } = await lockBatch(staff, known.batchId, ['exported'])
    const sent = await readSent(staff, lineId)
    const { line } = sent
    const at = ctx.now()
    await db
      .update(payoutLines)
      .set({ state: 'bounced', bouncedAt: at, bounceReason: reason })
      .where(eq(payoutLines.id, lineId))
    await recordPayoutReturn(ctx, db, line, line.state === 'paid')
    await endBouncedAccount(db, line.accountId, at)
    const [before, after] = [{ state: line.state }, { number, amount: line.net, reason }]
    await recordAudit(staff, 'payout.bounce', `payout:${line.batchId}`, { before, after })
    const written = await queueBouncedLetters(staff, number, sent, reason)
    await eraseSettledAccounts(db, [line.accountId])
    return { letters: written, batch: await describeBatch(staff, line.batchId) }
  })
  for (const letter of letters) await sendLetter(ctx, letter)
  return batch
}

async function queueBouncedLetters(
  staff: StaffContext,
  number: string,
  { line, account }: Awaited<ReturnType<typeof readSent>>,
  reason: string,
): Promise<string[]> {
  if (account.details === null) return []
  const emails = (await peopleOf(staff.db, [line])).get(payeeKey(line))?.emails ?? []
  return queueLineLetters(staff, { number, line, account, emails }, 'payout_bounced', { reason })
}

/** The caller has locked the batch of the line. */
async function readSent({ db }: StaffContext, lineId: string) {
  const [found] = await db
    .select({ line: payoutLines, account: payeeAccounts })
    .from(payoutLines)
    .innerJoin(payeeAccounts, eq(payeeAccounts.id, payoutLines.accountId))
    .where(and(eq(payoutLines.id, lineId), inArray(payoutLines.state, ['approved', 'paid'])))
  if (!found) throw new Problem('illegal_state')
  await holdAccounts(db, [found.account.id])
  return found
}
