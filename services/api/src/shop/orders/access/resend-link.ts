import { cleanEmail } from '@pix/contracts/email.ts'
import type { Tx } from '@pix/db/client.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { changeEmail } from './change-email.ts'
import { writeLink } from './write-link.ts'

/**
 * Our people send the letter of an order again that did not arrive: a new one with a new link takes its place.
 *
 * @param typed a corrected address, which the order has from then on
 * @returns the new letter's id and its address; null where there is no such order, or nothing to download any more
 * @throws Problem `email_settled` where the address would change and another session has downloaded
 */
export async function resendLink(
  ctx: Context,
  tx: Tx,
  orderId: string,
  typed?: string,
): Promise<{ letterId: string; email: string } | null> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  if (!order) return null
  const email = (typed === undefined ? null : cleanEmail(typed)) ?? order.email
  const letterId =
    email === order.email ? await replaceLetter(ctx, tx, order) : await changeEmail(ctx, tx, order, email)
  return letterId === null ? null : { letterId, email }
}

async function replaceLetter(ctx: Context, tx: Tx, order: typeof orders.$inferSelect): Promise<string | null> {
  if (order.letterId !== null) {
    await tx.delete(outgoingMail).where(and(eq(outgoingMail.id, order.letterId), isNull(outgoingMail.sentAt)))
  }
  return writeLink(ctx, tx, order)
}
