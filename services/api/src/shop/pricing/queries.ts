import type { Package } from '@pix/contracts/pricing.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

const inOrder = [asc(packages.position), asc(packages.id)]

/** What every event of the shop starts with: at a studio's storefront its own list, where it has one, else the platform's. */
export async function packagesOfShop({
  db,
  storefront: { studio },
}: Pick<Context, 'db' | 'storefront'>): Promise<Package[]> {
  const ofShop = or(isNull(packages.studioId), studio ? eq(packages.studioId, studio.id) : undefined)
  const rows = await db
    .select()
    .from(packages)
    .where(and(isNull(packages.eventId), ofShop, packages.active))
    .orderBy(...inOrder)
  return narrowest(rows)
}

/** The packages of an event itself; none where it uses its studio's or the platform's. */
export async function ownPackages(db: Queryable, eventId: string): Promise<Package[]> {
  const rows = await db
    .select()
    .from(packages)
    .where(and(eq(packages.eventId, eventId), packages.active))
    .orderBy(...inOrder)
  return rows.map(toPackage)
}

/** What an event sells by: its own packages where it has any, else its studio's, else the platform's. */
export async function packagesOfEvent(db: Queryable, eventId: string): Promise<Package[]> {
  const studioId = db.select({ id: events.studioId }).from(events).where(eq(events.id, eventId))
  const shared = and(isNull(packages.eventId), or(isNull(packages.studioId), eq(packages.studioId, sql`(${studioId})`)))
  const rows = await db
    .select()
    .from(packages)
    .where(and(packages.active, or(eq(packages.eventId, eventId), shared)))
    .orderBy(...inOrder)
  return narrowest(rows)
}

/** The lists of packages that replace each other: those of the event, else of the studio, else of the platform. */
function narrowest(rows: readonly Row[]): Package[] {
  const width = Math.min(...rows.map(widthOf))
  return rows.filter(row => widthOf(row) === width).map(toPackage)
}

type Row = typeof packages.$inferSelect

/** Of an event 0, of a studio 1, of the platform 2. */
const widthOf = ({ eventId, studioId }: Row): number => (eventId !== null ? 0 : studioId !== null ? 1 : 2)

const toPackage = (row: Row): Package => ({
  id: row.id,
  kind: row.kind,
  name: { th: row.nameTh, en: row.nameEn },
  photoCount: row.photoCount,
  price: baht(row.price),
})
