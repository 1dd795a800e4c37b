import type { recordSettlement as contract, Settlement } from '@pix/contracts/settlements.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import type { Tx } from '@pix/db/client.ts'
import { gatewaySettlements } from '@pix/db/schema/reconciliation.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { recordSettlement as post } from '../../ledger/index.ts'
import { selectSettlements, settlingGateways } from './list-settlements.ts'

type Asked = z.output<typeof contract.schema.body>

/** What the database refuses, as it is answered. */
const REFUSED = {
  gateway_settlements_reference: 'settlement_known',
  gateway_settlements_days_apart: 'days_settled',
} as const

/**
 * Records what a gateway's statement says of some days, and posts its fee.
 *
 * @throws Problem `settlement_known`, `days_settled`; `invalid_request` for days that are not over, in the wrong order or
 *   of no gateway of ours, and for a fee above the total
 */
export async function recordSettlement(ctx: CallerContext, asked: Asked): Promise<Settlement> {
  await refuseImpossible(ctx, asked)
  const id = ctx.newId()
  try {
    await ctx.db.transaction(tx => insert(ctx, tx, id, asked))
  } catch (error) {
    const constraint = constraintOf(error)
    const code = Object.entries(REFUSED).find(([name]) => name === constraint)?.[1]
    throw code === undefined ? error : new Problem(code)
  }
  const [settlement] = await selectSettlements(ctx, eq(gatewaySettlements.id, id), 1)
  return settlement!
}

async function insert(ctx: CallerContext, tx: Tx, id: string, asked: Asked): Promise<void> {
  const { gateway, reference, firstDay, lastDay } = asked
  const said = { gateway, reference, firstDay, lastDay, total: asked.total.amount, fee: asked.fee.amount }
  await tx.insert(gatewaySettlements).values({ id, ...said, recordedAt: ctx.now(), recordedBy: ctx.caller.userId })
  await post(ctx, tx, { id, fee: said.fee, reference })
  await recordAudit({ ...ctx, db: tx }, 'settlement.record', `settlement:${id}`, { after: said })
}

async function refuseImpossible(ctx: CallerContext, { gateway, firstDay, lastDay, total, fee }: Asked): Promise<void> {
  if (!(await settlingGateways(ctx)).includes(gateway)) throw wrong('gateway', 'is no gateway of ours')
  if (firstDay > lastDay) throw wrong('lastDay', 'is before the first day')
  if (lastDay >= bangkokDay(ctx.now())) throw wrong('lastDay', 'is not over')
  if (fee.amount > total.amount) throw wrong('fee', 'is more than the total')
}

const wrong = (field: keyof Asked, message: string) =>
  new Problem('invalid_request', { errors: [{ path: `body.${field}`, message }] })
