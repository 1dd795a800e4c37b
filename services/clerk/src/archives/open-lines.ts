import type { Db } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderLines } from '@pix/db/schema/orders.ts'
import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'

/** SQL on archives: some photo of the archive may be downloaded now. */
function hasOpenLines(db: Db, at: Date): SQL {
  const open = db
    .select({ one: sql`1` })
    .from(orderLines)
    .innerJoin(entitlements, eq(entitlements.lineId, orderLines.id))
    .where(
      and(
        eq(orderLines.orderId, orderArchives.orderId),
        eq(orderLines.eventId, orderArchives.eventId),
        mayBeDownloaded(at),
      ),
    )
  return exists(open)
}

/** SQL on archives: the ZIP is to be built. Without a photo to download none is built, whatever the state says. */
export const waitsToBeBuilt = (db: Db, at: Date): SQL =>
  and(inArray(orderArchives.state, ['queued', 'building']), hasOpenLines(db, at))!
