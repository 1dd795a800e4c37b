import type { Refund, startRefund as contract } from '@pix/contracts/refunds.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { and, eq, isNull, ne, sum } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { isMemberOf, MANAGERS } from '../../people/studios/index.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { decideRefund, type DecidedRefund, finishRefund } from './decide-refund.ts'
import { insertRefund } from './insert-refund.ts'
import { refundableLines, selectRefunds } from './read-refunds.ts'

type Asked = z.output<typeof contract.schema.body>

/**
 * Gives photos of a paid order back by a decision of our people. A refund that the caller may decide alone is approved
 * by this, and waits for its transfer. A larger one waits for the platform, as a buyer's request does. It posts to the
 * ledger and closes downloads, so it does not run as staff.
 *
 * @throws Problem `not_found` unless the caller manages the order's studio; `nothing_to_refund` when one of the photos
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
    const refund = await insertRefund(ctx, tx, { orderId, amount, reason, statement: note, payee, approver: null })
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

/**
 * Whether the caller may give an order back, and up to which amount in satang without the platform; null means any.
 * What was given back before counts, so that many small refunds are no way around the limit.
 */
export async function mayRefund(ctx: Joining<CallerContext>, orderId: string): Promise<{ upTo: number | null } | null> {
  const roleOf = (roles: typeof MANAGERS | readonly ['owner']) =>
    ctx.db
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, orderId), isMemberOf(ctx, orders.studioId, roles)))
  if ((await roleOf(MANAGERS)).length === 0) return null
  if ((await roleOf(['owner'])).length > 0) return { upTo: null }
  return { upTo: Math.max(0, ctx.settings.MANAGER_REFUND_BAHT * 100 - (await givenBack(ctx, orderId))) }
}

async function givenBack({ db }: Pick<Joining<Context>, 'db'>, orderId: string): Promise<number> {
  const ofLines = and(eq(refunds.orderId, orderId), isNull(refunds.receiptId), ne(refunds.state, 'refused'))
  const [row] = await db
    .select({ total: sum(refunds.amount).mapWith(Number) })
    .from(refunds)
    .where(ofLines)
  return row?.total ?? 0
}
