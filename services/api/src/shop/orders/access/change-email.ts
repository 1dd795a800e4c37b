import type { Tx } from '@pix/db/client.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderCodes, orders } from '@pix/db/schema/orders.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { writeLink } from './write-link.ts'

type Order = typeof orders.$inferSelect

/**
 * Gives an order another e-mail. The letter goes to the new address; the link, the codes and whatever was opened by them
 * at the old one are good for nothing any more. The audit names the order alone: an address in it could never be erased.
 *
 * @param order locked by this transaction
 * @returns the letter's id, or null where nothing of the order may be downloaded
 * @throws Problem `email_settled` once another session has downloaded
 */
export async function changeEmail(ctx: Context, tx: Tx, order: Order, email: string): Promise<string | null> {
  if (order.downloadedElsewhereAt) throw new Problem('email_settled')
  await takeBack(tx, order)
  await tx.update(orders).set({ email, linkHash: null, letterId: null }).where(eq(orders.id, order.id))
  await recordAudit({ ...ctx, db: tx }, 'order.email', `order:${order.id}`)
  return writeLink(ctx, tx, { ...order, email })
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
