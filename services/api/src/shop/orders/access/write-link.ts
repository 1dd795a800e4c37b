import type { Tx } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { and, eq } from 'drizzle-orm'
import { newLinkToken } from '../../../base/codes.ts'
import type { Context } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { usedCoupons } from '../queries.ts'

/** The page that a letter's link opens; the token follows as the fragment, which no server is sent. */
export const LINK_PATH = '/orders/open'

/**
 * Writes the letter that brings an order's downloads, in the transaction that causes it. Its link has a new token: the
 * link of an earlier letter opens nothing any more. It says what a coupon took off.
 *
 * @param document the number of the order's receipt or tax invoice, where the letter is to name it
 * @returns the letter's id; null where nothing of the order may be downloaded
 */
export async function writeLink(
  ctx: Pick<Context, 'now' | 'newId' | 'storefront'>,
  tx: Tx,
  order: Pick<typeof orders.$inferSelect, 'id' | 'number' | 'email' | 'locale' | 'storefront'>,
  document: string | null = null,
): Promise<string | null> {
  const { id, number, email, locale, storefront } = order
  const open = and(eq(entitlements.orderId, id), mayBeDownloaded(ctx.now()))
  if ((await tx.$count(entitlements, open)) === 0) return null
  const coupon = (await usedCoupons(tx, [id])).get(id)
  const token = newLinkToken()
  const linkHash = hashToken(token)
  const letterId = await queueLetter(ctx, tx, {
    template: 'order_paid',
    to: email,
    locale,
    storefront,
    facts: {
      number,
      ...(document !== null && { document }),
      ...(coupon && { coupon: coupon.code, baht: formatMoney(coupon.off.amount) }),
    },
    secrets: { token },
    path: LINK_PATH,
    dedupeKey: `order_paid:${id}:${linkHash.slice(0, 16)}`,
  })
  await tx.update(orders).set({ linkHash, letterId }).where(eq(orders.id, id))
  return letterId
}
