import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { nextNumber } from '../../base/next-number.ts'
import { Problem } from '../../base/problem.ts'
import { inStudio } from '../../people/studios/index.ts'
import { type Due, dueOf, salesUntil } from './payable.ts'
import { describeBatch, manageBatch } from './read-batches.ts'

/**
 * Drafts a batch of all that is payable now. Nothing is owed by it yet; a payee is in one open batch of a studio at the most.
 *
 * @throws Problem `not_found` for who does not own the studio, `nothing_to_pay_out`
 */
export const draftBatch = (ctx: CallerContext, studioId: string): Promise<PayoutBatchWithLines> =>
  inStudio(ctx, studioId, ['owner'], async staff => {
    const until = salesUntil(ctx)
    const due = (await dueOf(staff, until)).filter(({ reason }) => reason === null)
    const [id, at] = [ctx.newId(), ctx.now()]
    const number = await nextNumber(staff.db, { prefix: 'PO', sequence: 'payout_numbers' }, at)
    await staff.db.insert(payoutBatches).values({
      id,
      number,
      studioId,
      state: 'drafted',
      salesUntil: until,
      draftedAt: at,
      draftedBy: ctx.caller.userId,
    })
    // Somebody who drafts at the same time may have taken some of them, or all.
    const taken = await insertLines(staff, id, due)
    if (taken === 0) throw new Problem('nothing_to_pay_out')
    await recordAudit(staff, 'payout.draft', `payout:${id}`, { after: { number, lines: taken } })
    return describeBatch(staff, id)
  })

async function insertLines({ db, studioId, newId }: StaffContext, batchId: string, due: readonly Due[]) {
  if (due.length === 0) return 0
  const sorted = due.toSorted((a, b) => b.amounts.net - a.amounts.net || (a.owed.ownerId < b.owed.ownerId ? -1 : 1))
  const lines = sorted.map(({ owed, account, amounts, withholdingBp }, at) => ({
    id: newId(),
    batchId,
    position: at + 1,
    studioId,
    party: owed.party,
    ownerId: owed.ownerId,
    accountId: account!.id,
    ...amounts,
    withholdingBp,
    state: 'drafted' as const,
  }))
  const made = await db.insert(payoutLines).values(lines).onConflictDoNothing().returning({ id: payoutLines.id })
  return made.length
}

/** A batch in a state, locked. @throws Problem `illegal_state` */
export async function lockBatch(
  { db }: StaffContext,
  batchId: string,
  states: readonly (typeof payoutBatches.$inferSelect)['state'][],
): Promise<typeof payoutBatches.$inferSelect> {
  const [batch] = await db.select().from(payoutBatches).where(eq(payoutBatches.id, batchId)).for('update')
  if (!batch || !states.includes(batch.state)) throw new Problem('illegal_state')
  return batch
}

/** Discards a batch that is not approved. @throws Problem `not_found`, `illegal_state` */
export const discardBatch = (ctx: CallerContext, batchId: string): Promise<PayoutBatchWithLines> =>
  manageBatch(ctx, batchId, async staff => {
    const { number } = await lockBatch(staff, batchId, ['drafted'])
    await staff.db.update(payoutBatches).set({ state: 'discarded' }).where(eq(payoutBatches.id, batchId))
    const isDrafted = and(eq(payoutLines.batchId, batchId), eq(payoutLines.state, 'drafted'))
    await staff.db.update(payoutLines).set({ state: 'discarded' }).where(isDrafted)
    await recordAudit(staff, 'payout.discard', `payout:${batchId}`, { before: { number } })
    return describeBatch(staff, batchId)
  })
