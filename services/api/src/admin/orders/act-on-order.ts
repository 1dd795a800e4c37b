import { orders } from '@pix/db/schema/orders.ts'
import type { Tx } from '@pix/db/client.ts'
import { suppressedAddresses } from '@pix/db/schema/letters.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { publishPayments } from '../../money/payments/index.ts'
import { cancelForBuyer, resendLink, type StaffCancel } from '../../shop/orders/index.ts'
import { isHelped } from './help-with-order.ts'
import { seesAddresses } from './seen-addresses.ts'

/**
 * Cancels an unpaid order. Money that still comes for it is not lost. It locks the buyer's cart, which is no studio's, so it
 * does not run as staff.
 *
 * @throws Problem `not_found` unless the caller helps its studio's customers; `illegal_state` for one that is paid or over
 */
export async function cancelStaffOrder(ctx: CallerContext, orderId: string, cancel: StaffCancel): Promise<void> {
  await ctx.db.transaction(async tx => {
    await requireHelped(ctx, tx, orderId)
    await cancelForBuyer(ctx, tx, orderId, cancel)
    await recordAudit({ ...ctx, db: tx }, 'order.cancel', `order:${orderId}`, { after: { reason: cancel.reason } })
  })
  await publishPayments(ctx, [orderId])
}

/**
 * Sends the letter with an order's downloads again, with a new link. Who may see the address lifts its suppression by this.
 *
 * @throws Problem `not_found`; `illegal_state` where nothing of it may be downloaded, or where its address is suppressed and
 *   the caller may not see it
 */
export async function resendStaffOrder(ctx: CallerContext, orderId: string): Promise<void> {
  const letterId = await ctx.db.transaction(async tx => {
    const { studioId } = await requireHelped(ctx, tx, orderId)
    const sent = await resendLink(ctx, tx, orderId)
    if (sent === null) throw new Problem('illegal_state')
    const isOfOrder = eq(suppressedAddresses.address, sent.email.toLowerCase())
    if (seesAddresses(ctx.caller, studioId)) await tx.delete(suppressedAddresses).where(isOfOrder)
    else if ((await tx.$count(suppressedAddresses, isOfOrder)) > 0) throw new Problem('illegal_state')
    await recordAudit({ ...ctx, db: tx }, 'order.resend', `order:${orderId}`)
    return sent.letterId
  })
  await sendLetter(ctx, letterId)
}

async function requireHelped(ctx: CallerContext, tx: Tx, orderId: string): Promise<{ studioId: string }> {
  const [order] = await tx.select({ studioId: orders.studioId }).from(orders).where(isHelped(ctx, orderId))
  if (!order) throw notFound()
  return order
}
