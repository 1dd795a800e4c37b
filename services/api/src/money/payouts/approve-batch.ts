import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../people/accounts/index.ts'
import { accountsOf, payeeKey } from '../../people/payees/index.ts'
import { recordPayout } from '../ledger/index.ts'
import { holdAccounts } from './erase-accounts.ts'
import { lockBatch } from './draft-batch.ts'
import { owedBySales } from './owed-by-sales.ts'
import { salesUntil } from './payable.ts'
import { describeBatch, settleBatch } from './read-batches.ts'

type Line = typeof payoutLines.$inferSelect

/**
 * Approves a batch: its amounts leave the balances of its payees. The balances are locked and read again first, so that
 * money which a refund took back, before or at the same time, is never paid out.
 *
 * @param password asked again where the account has one
 * @throws Problem `not_found`, `illegal_state`, `wrong_password`, `account_locked`; `payout_changed` where a balance no
 *   longer has what a line pays, or its account is no longer the one that is paid to
 */
export async function approveBatch(
  ctx: CallerContext,
  batchId: string,
  password: string | undefined,
  browser: ShownBrowser,
): Promise<PayoutBatchWithLines> {
  await confirmPasswordIfAny(ctx, password, browser)
  return settleBatch(ctx, batchId, async staff => {
    const { number } = await lockBatch(staff, batchId, ['drafted'])
    const lines = await staff.db.select().from(payoutLines).where(eq(payoutLines.batchId, batchId))
    const accountIds = await lockPayable(staff, lines)
    await refuseChanged(staff, lines, accountIds)
    const at = ctx.now()
    await staff.db
      .update(payoutBatches)
      .set({ state: 'approved', approvedAt: at, approvedBy: ctx.caller.userId })
      .where(eq(payoutBatches.id, batchId))
    await staff.db.update(payoutLines).set({ state: 'approved' }).where(eq(payoutLines.batchId, batchId))
    for (const line of lines) await recordPayout(ctx, staff.db, line)
    const net = lines.reduce((sum, line) => sum + line.net, 0)
    await recordAudit(staff, 'payout.approve', `payout:${batchId}`, { after: { number, lines: lines.length, net } })
    return describeBatch(staff, batchId)
  })
}

/**
 * Until this transaction ends nobody else posts to these payees' accounts in the ledger, and none of their bank
 * accounts ends.
 *
 * @returns ids of the accounts in the ledger
 */
async function lockPayable({ db }: StaffContext, lines: readonly Line[]): Promise<string[]> {
  const [ownerIds, kinds] = [lines.map(({ ownerId }) => ownerId), lines.map(({ party }) => `${party}_payable` as const)]
  await holdAccounts(
    db,
    lines.map(({ accountId }) => accountId),
  )
  const accounts = await db
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(and(inArray(ledgerAccounts.kind, kinds), inArray(ledgerAccounts.ownerId, ownerIds)))
  const ids = accounts.map(({ id }) => id)
  await db.execute(sql`select lock_payable(${sql.param(ids)}::uuid[])`)
  return ids
}

async function refuseChanged(
  staff: StaffContext,
  lines: readonly Line[],
  accountIds: readonly string[],
): Promise<void> {
  const owed = await owedBySales(staff.db, staff.studioId, salesUntil(staff), accountIds)
  const free = new Map(owed.map(one => [payeeKey(one), one.free]))
  const accounts = await accountsOf(
    staff.db,
    lines.map(({ ownerId }) => ownerId),
  )
  const isAsDrafted = (line: Line) =>
    line.gross <= (free.get(payeeKey(line)) ?? 0) && accounts.get(payeeKey(line))?.id === line.accountId
  if (!lines.every(isAsDrafted)) throw new Problem('payout_changed')
}
