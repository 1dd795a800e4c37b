import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { orderArchives, orderLines, orders } from '@pix/db/schema/orders.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { makeBoughtPreview } from '@pix/jobs/photos.ts'
import { and, asc, eq, lt } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { lockOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'

type FulfilContext = Pick<Context, 'db' | 'now' | 'newId' | 'enqueue' | 'live'>

/**
 * Delivers a paid order: enqueues its ZIPs and its mail, and publishes the change. Safe to repeat; an order that is not
 * paid is left alone.
 */
export async function fulfilOrder(ctx: FulfilContext, orderId: string): Promise<void> {
  const { db, now, enqueue, live } = ctx
  const moved = await db.transaction(async tx => {
    const order = await lockOrder(ctx, tx, orderId)
    if (order?.status !== 'paid') return null
    await moveOrder(tx, order, 'fulfilled', { fulfilledAt: now() })
    return order
  })
  if (!moved) return
  const archives = await db
    .select({ archiveId: orderArchives.id })
    .from(orderArchives)
    .where(eq(orderArchives.orderId, orderId))
  // A job that is lost is no loss: sweeps find the rows.
  for (const archive of archives) await enqueue(buildArchive, archive)
  for (const preview of await waitingPreviews(db, orderId)) await enqueue(makeBoughtPreview, preview)
  if (moved.letterId !== null) await sendLetter(ctx, moved.letterId)
  await live.publish(`archive:${orderId}`)
  await live.publish(`desk:${moved.studioId}`)
  await live.publish('desk:all')
}

/** Photos of the order whose picture without a watermark is not made, in the order in which they are shown. */
const waitingPreviews = (db: Context['db'], orderId: string) =>
  db
    .select({ photoId: boughtPreviews.photoId })
    .from(orderLines)
    .innerJoin(boughtPreviews, eq(boughtPreviews.photoId, orderLines.photoId))
    .where(and(eq(orderLines.orderId, orderId), eq(boughtPreviews.state, 'queued')))
    .orderBy(asc(orderLines.position))

/** Orders whose fulfilment died with its process. */
export async function fulfilLeftOver(ctx: FulfilContext): Promise<void> {
  const before = new Date(ctx.now().getTime() - 5_000)
  const left = await ctx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.status, 'paid'), lt(orders.paidAt, before)))
    .limit(100)
  for (const { id } of left) await fulfilOrder(ctx, id)
}
