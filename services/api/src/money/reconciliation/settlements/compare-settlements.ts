import { gatewaySettlements } from '@pix/db/schema/reconciliation.ts'
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { type Findings, noteDifference } from '../found-differences.ts'
import { reckon } from './reckon.ts'

/** Statements of gateways that end on this day, against the receipts of their days. */
export async function compareSettlements(ctx: Context, findings: Findings, day: string): Promise<void> {
  const ending = await ctx.db
    .select()
    .from(gatewaySettlements)
    .where(eq(gatewaySettlements.lastDay, day))
    .orderBy(asc(gatewaySettlements.id))
  for (const settlement of ending) {
    const { gateway, reference, total } = settlement
    const { received } = await reckon(ctx.db, settlement)
    if (received.amount === total) continue
    const facts = { gatewayAmount: total, ourAmount: received.amount, reference }
    const subject = `${gateway}:${reference}`
    await noteDifference(ctx, findings, { kind: 'settlement_other_total', subject, day, facts })
  }
}
