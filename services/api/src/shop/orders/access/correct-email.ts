import { cleanEmail } from '@pix/contracts/email.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq } from 'drizzle-orm'
import { ownedBy } from '../../../base/caller.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound } from '../../../base/problem.ts'
import { changeEmail } from './change-email.ts'

/**
 * The paying session corrects a mistyped e-mail.
 *
 * @throws Problem `email_settled` once another session has downloaded
 */
export async function correctEmail(ctx: BuyerContext, orderId: string, typed: string): Promise<void> {
  const email = cleanEmail(typed) ?? typed
  const letterId = await ctx.db.transaction(async tx => {
    const own = and(eq(orders.id, orderId), ownedBy(ctx.buyer, orders))
    const [order] = await tx.select().from(orders).where(own).for('update')
    if (!order) throw notFound()
    return order.email === email ? null : changeEmail(ctx, tx, order, email)
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  await ctx.live.publish(`archive:${orderId}`)
}
