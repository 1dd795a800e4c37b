import type { Refund, startRefund as contract } from '@pix/contracts/refunds.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, isNull, ne, sql, sum } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { isMemberOf, MANAGERS, SALES } from '../../people/studios/index.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { decideRefund, type DecidedRefund, finishRefund } from './decide-refund.ts'
import { insertRefund } from './insert-refund.ts'
import { refundableLines, selectRefunds } from './read-refunds.ts'

type Asked = z.output<typeof contract.schema.body>

/**
 * Gives photos of a paid order back by a decision of our people. A refund that the caller may decide alone is approved
 * by this, and waits for its transfer. A larger one waits for the owner or the platform, as a buyer's request does. It posts to the
 * ledger and closes downloads, so it does not run as staff.
 *
 * @throws Problem `not_found` unless the caller helps customers of the order's studio; `nothing_to_refund` when one of the photos
 *   is not in the order, cost nothing, or was given or asked back before
 */
export async function startRefund(ctx: CallerContext, orderId: string, asked: Asked): Promise<Refund> {
  const { id, decided } = await ctx.db.transaction(async tx => {
    const joined = { ...ctx, db: tx }
    const order = (await mayRefund(joined, orderId)) && (await lockOrder(ctx, tx, orderId))
    // The limit is asked again behind the lock: another refund of the order, for which this one waited, counts against
    // it.
    const may = await mayRefund(joined, orderId)
    if (!may || !order) throw notFound()
    const wanted = asked.photoIds && new Set(asked.photoIds)
    const lines = (await refundableLines({ db: tx }, orderId)).filter(({ photoId }) => wanted?.has(photoId!) ?? true)
    if (!wasPaid(order.status) || lines.length < (wanted?.size ?? 1)) throw new Problem('nothing_to_refund')
    const amount = lines.reduce((total, line) => total + line.amount, 0)
    const { reason, note, payee } = asked
    const refund = await insertRefund(ctx, tx, {
      orderId,
      amount,
      reason,
      statement: note,
      startedBy: ctx.caller.userId,
      payee,
      approver: null,
    })
    await tx
      .insert(refundLines)
      .values(lines.map(line => ({ refundId: refund.id, orderId, lineId: line.id, amount: line.amount })))
    await recordAudit(joined, 'refund.start', `refund:${refund.id}`, {
      after: { number: refund.number, order: order.number, amount, reason },
      reason: note,
    })
    const isDecided = may.upTo === null || amount <= may.upTo
    const decision = { decision: 'approved' as const, reason: note }
    const none: DecidedRefund = { orderId, mailId: null }
    return { id: refund.id, decided: isDecided ? await decideRefund(ctx, tx, refund.id, decision) : none }
  })
  await finishRefund(ctx, decided)
  const [refund] = await selectRefunds(ctx, eq(refunds.id, id))
  return refund!
}

interface RefundRights {
  /** Satang that the caller may give back without anybody else; null means any amount. */
  upTo: number | null
  /** Decides about photos that are asked back. */
  decides: boolean
  /** What was given back and what is asked back are within the limit together. */
  approves: boolean
}

/**
 * What the caller may give back of an order; null for those who do not help its customers. What was given back before
 * counts, so that many small refunds are no way around a manager's limit. What sales staff give back always waits.
 */
export async function mayRefund(ctx: Joining<CallerContext>, orderId: string): Promise<RefundRights | null> {
  const has = (roles: readonly StudioRole[]) => sql<boolean>`${isMemberOf(ctx, orders.studioId, roles)}`
  const [order] = await ctx.db
    .select({ owns: has(['owner']), manages: has(MANAGERS) })
    .from(orders)
    .where(and(eq(orders.id, orderId), isMemberOf(ctx, orders.studioId, SALES)))
  if (!order) return null
  if (order.owns) return { upTo: null, decides: true, approves: true }
  if (!order.manages) return { upTo: 0, decides: false, approves: false }
  const left = ctx.settings.MANAGER_REFUND_BAHT * 100 - (await givenBack(ctx, orderId))
  return { upTo: Math.max(0, left), decides: true, approves: left >= 0 }
}

async function givenBack({ db }: Pick<Joining<Context>, 'db'>, orderId: string): Promise<number> {
  const ofLines = and(eq(refunds.orderId, orderId), isNull(refunds.receiptId), ne(refunds.state, 'refused'))
  const [row] = await db
    .select({ total: sum(refunds.amount).mapWith(Number) })
    .from(refunds)
    .where(ofLines)
  return row?.total ?? 0
}
