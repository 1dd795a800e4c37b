import type { Db } from '@pix/db/client.ts'
import { holdsTakenBack } from '@pix/db/holds-taken-back.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, eq, lt, or } from 'drizzle-orm'
import { hasRested } from '../file-tries.ts'
import { waitsToBeBuilt } from './open-lines.ts'
import type { SweepDeps } from '../sweep-deps.ts'

/** ZIPs that are deleted at once. */
const AT_ONCE = 20

/** Enqueues the ZIPs that nobody works on: their job was lost, or their builder died or failed. */
export async function enqueueArchives({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, buildArchive, enqueued =>
    db
      .select({ archiveId: orderArchives.id })
      .from(orderArchives)
      .where(
        and(
          waitsToBeBuilt(db, now()),
          hasRested(orderArchives.attempts, orderArchives.queuedAt, now()),
          notAmong(orderArchives.id, enqueued),
        ),
      ),
  )
}

/**
 * Deletes ZIPs whose time is over, and those with a photo that was taken back, so that no link leads to it any more;
 * they are built again on request. The file is deleted first and the row marked after that, under the row's lock: a
 * crash between leaves a row that is found again, and nobody builds a new ZIP meanwhile.
 */
export async function expireArchives({
  db,
  storage,
  now,
}: {
  db: Db
  storage: Storage
  now: () => Date
}): Promise<void> {
  const isOver = or(lt(orderArchives.expiresAt, now()), holdsTakenBack(db))
  const isDue = and(eq(orderArchives.state, 'ready'), isOver)
  const due = await db.select({ id: orderArchives.id }).from(orderArchives).where(isDue).limit(AT_ONCE)
  const ended = await Promise.allSettled(
    due.map(({ id }) =>
      db.transaction(async tx => {
        const still = and(eq(orderArchives.id, id), isDue)
        const [archive] = await tx.select().from(orderArchives).where(still).for('update', { skipLocked: true })
        if (!archive) return
        await storage.delete(MAIN_BUCKET, zipKey(archive.eventId, archive.orderId))
        await tx
          .update(orderArchives)
          .set({ state: 'expired', progress: 0, bytes: null })
          .where(eq(orderArchives.id, id))
      }),
    ),
  )
  // One that cannot be deleted holds no other up.
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
