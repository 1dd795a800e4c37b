import { cleanEmail } from '@pix/contracts/email.ts'
import type { Tx } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { entitlements, orderAccess } from '@pix/db/schema/entitlements.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderCodes, orders } from '@pix/db/schema/orders.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import { ownedBy } from '../../../base/caller.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { maskEmail } from './mask-email.ts'
import { writeLink } from './send-link.ts'

type Order = typeof orders.$inferSelect

/**
 * The paying session corrects a mistyped e-mail. The letter goes to the new address; the link, the codes and whatever was
 * opened by them at the old one are good for nothing any more.
 *
 * @throws Problem `email_settled` once another session has downloaded
 */
export async function correctEmail(ctx: BuyerContext, orderId: string, typed: string): Promise<void> {
  const email = cleanEmail(typed) ?? typed
  const letterId = await ctx.db.transaction(async tx => {
    const own = and(eq(orders.id, orderId), ownedBy(ctx.buyer, orders))
    const [order] = await tx.select().from(orders).where(own).for('update')
    if (!order) throw notFound()
    if (order.downloadedElsewhereAt) throw new Problem('email_settled')
    if (order.email === email) return null
    await takeBack(tx, order)
    await tx.update(orders).set({ email, linkHash: null, letterId: null }).where(own)
    const [before, after] = [order.email, email].map(address => ({ email: maskEmail(address) }))
    await recordAudit({ ...ctx, db: tx }, 'order.email', `order:${orderId}`, { before: before!, after: after! })
    const open = and(eq(entitlements.orderId, orderId), mayBeDownloaded(ctx.now()))
    return (await tx.$count(entitlements, open)) > 0 ? writeLink(tx, ctx, { ...order, email }) : null
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  await ctx.live.publish(`archive:${orderId}`)
}

/** What the old address was given, and the letters to it that have not left. */
async function takeBack(tx: Tx, { id, letterId }: Order): Promise<void> {
  await tx.delete(orderAccess).where(eq(orderAccess.orderId, id))
  const codes = await tx
    .delete(orderCodes)
    .where(eq(orderCodes.orderId, id))
    .returning({ letterId: orderCodes.letterId })
  const letters = [letterId, ...codes.map(code => code.letterId)].filter(one => one !== null)
  if (letters.length === 0) return
  await tx.delete(outgoingMail).where(and(inArray(outgoingMail.id, letters), isNull(outgoingMail.sentAt)))
}
