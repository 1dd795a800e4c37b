import type { Db } from '@pix/db/client.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderLines } from '@pix/db/schema/orders.ts'
import { and, eq, exists, gt, isNull, type SQL, sql } from 'drizzle-orm'

/** Of entitlements: those whose photo may be downloaded now. */
export const mayBeDownloaded = (at: Date): SQL => and(isNull(entitlements.closedAt), gt(entitlements.until, at))!

/** Of archives: those of which some photo may be downloaded now. */
export function hasOpenLines(db: Db, at: Date): SQL {
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
