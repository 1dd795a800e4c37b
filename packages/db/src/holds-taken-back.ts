import { and, eq, exists, gt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from './client.ts'
import { entitlements } from './schema/entitlements.ts'
import { orderArchives, orderLines } from './schema/orders.ts'

const zipLines = alias(orderLines, 'zip_lines')
const closed = alias(entitlements, 'closed')

/**
 * SQL on archives: one of the ZIP's photos was taken back after the ZIP was begun, so nobody may have the ZIP any more.
 */
export function holdsTakenBack(db: Queryable): SQL<boolean> {
  const ofZip = and(eq(zipLines.orderId, orderArchives.orderId), eq(zipLines.eventId, orderArchives.eventId))
  const found = db
    .select({ one: sql`1` })
    .from(zipLines)
    .innerJoin(closed, eq(closed.lineId, zipLines.id))
    .where(and(ofZip, gt(closed.closedAt, orderArchives.queuedAt)))
  return sql<boolean>`${exists(found)}`
}
