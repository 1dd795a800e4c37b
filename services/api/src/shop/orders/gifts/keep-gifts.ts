import type { Gift } from '@pix/contracts/gifts.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { giftPhotos, gifts } from '@pix/db/schema/gifts.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, count, desc, eq, gt, inArray, sum } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { ownOrders } from '../queries.ts'

/** The open links of an order. @throws Problem `not_found` for anybody else's order */
export async function listGifts(ctx: BuyerContext, orderId: string): Promise<{ items: Gift[] }> {
  const { db, now } = ctx
  if ((await db.$count(orders, and(eq(orders.id, orderId), ownOrders(ctx)))) === 0) throw notFound()
  const rows = await db
    .select({
      gift: gifts,
      photos: count(entitlements.id),
      // Its photos that were taken back count, too: they were downloaded.
      downloads: sum(giftPhotos.downloads).mapWith(Number),
    })
    .from(gifts)
    .innerJoin(giftPhotos, eq(giftPhotos.giftId, gifts.id))
    .leftJoin(entitlements, and(eq(entitlements.lineId, giftPhotos.lineId), mayBeDownloaded(now())))
    .where(and(eq(gifts.orderId, orderId), gt(gifts.expiresAt, now())))
    .groupBy(gifts.id)
    .orderBy(desc(gifts.createdAt), desc(gifts.id))
  const items = rows.map(({ gift, ...counted }) => ({
    id: gift.id,
    giver: gift.giverName,
    note: gift.note,
    createdAt: gift.createdAt.toISOString(),
    expiresAt: gift.expiresAt.toISOString(),
    ...counted,
  }))
  return { items }
}

/** Deletes a link of an order of this buyer. @throws Problem `not_found` for one that is not there, or not theirs */
export async function withdrawGift(ctx: BuyerContext, giftId: string): Promise<void> {
  const own = ctx.db.select({ id: orders.id }).from(orders).where(ownOrders(ctx))
  const gone = await ctx.db
    .delete(gifts)
    .where(and(eq(gifts.id, giftId), inArray(gifts.orderId, own)))
    .returning({ id: gifts.id })
  if (gone.length === 0) throw notFound()
}
