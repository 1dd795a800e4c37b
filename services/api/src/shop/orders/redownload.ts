import type { Downloads } from '@pix/contracts/orders.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { FINAL_ARCHIVE_STATES } from '@pix/domain/words.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { followDownloads } from './read-downloads.ts'

/** Builds those of an order's ZIPs again that expired or failed; one that is there or on its way stays. */
export async function redownload(ctx: BuyerContext, orderId: string): Promise<Downloads> {
  const read = followDownloads(ctx, orderId)
  const { events } = await read()
  const over = events.filter(({ archive }) => archive.state === 'failed' || archive.state === 'expired')
  if (over.length === 0) return read()
  const asked = await ctx.db
    .update(orderArchives)
    .set({ state: 'queued', progress: 0, attempts: 0, bytes: null, expiresAt: null, queuedAt: ctx.now() })
    .where(
      and(
        eq(orderArchives.orderId, orderId),
        inArray(
          orderArchives.eventId,
          over.map(({ event }) => event.id),
        ),
        inArray(orderArchives.state, FINAL_ARCHIVE_STATES),
      ),
    )
    .returning({ archiveId: orderArchives.id })
  for (const archive of asked) await ctx.enqueue(buildArchive, archive)
  await ctx.live.publish(`archive:${orderId}`)
  return read()
}
