import type { Tx } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderLines } from '@pix/db/schema/orders.ts'
import { zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/**
 * Marks the paid lines of a photo that is taken down: their money is to be given back. Part of that transaction, before
 * the entitlements are closed: a line that was refunded has none, and is not marked.
 *
 * @returns how many
 */
export async function markTakenDown({ now }: Pick<Context, 'now'>, tx: Tx, photoId: string): Promise<number> {
  const bought = tx
    .select({ lineId: entitlements.lineId })
    .from(entitlements)
    .where(and(eq(entitlements.photoId, photoId), isBought()))
  const marked = await tx
    .update(orderLines)
    .set({ takenDownAt: now() })
    .where(inArray(orderLines.id, bought))
    .returning({ id: orderLines.id })
  return marked.length
}

/** SQL on archives: the ZIP was begun before a line with this photo was marked, so it may hold the photo. */
const mayHold = (photoId: string) => sql`exists (
  select from order_lines line
  where line.order_id = ${orderArchives.orderId} and line.event_id = ${orderArchives.eventId}
    and line.photo_id = ${photoId} and line.taken_down_at >= ${orderArchives.queuedAt}
)`

/**
 * Deletes the ZIPs that hold a photo which was taken down; their buyers have them built again without it. Each is
 * deleted first and marked after that, under the row's lock, as a ZIP is whose time is over.
 *
 * @returns whether none is left: one that is being built is deleted once it is ready
 */
export async function deleteZipsWith(
  { db, storage, live }: Pick<Context, 'db' | 'storage' | 'live'>,
  photoId: string,
): Promise<boolean> {
  const those = mayHold(photoId)
  const found = await db.select().from(orderArchives).where(those)
  for (const { id, orderId, eventId } of found.filter(({ state }) => state === 'ready')) {
    await db.transaction(async tx => {
      const still = and(eq(orderArchives.id, id), eq(orderArchives.state, 'ready'), those)
      const [archive] = await tx.select().from(orderArchives).where(still).for('update')
      if (!archive) return
      await storage.delete(MAIN_BUCKET, zipKey(eventId, orderId))
      await tx.update(orderArchives).set({ state: 'expired', progress: 0, bytes: null }).where(eq(orderArchives.id, id))
    })
    await live.publish(`archive:${orderId}`)
  }
  return found.every(({ state }) => state !== 'building')
}
