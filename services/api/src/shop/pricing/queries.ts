import type { Package } from '@pix/contracts/pricing.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, asc, eq, isNull } from 'drizzle-orm'

const inOrder = [asc(packages.position), asc(packages.id)]

/** The packages every event starts with. */
export async function globalPackages(db: Queryable): Promise<Package[]> {
  const rows = await db
    .select()
    .from(packages)
    .where(and(isNull(packages.eventId), packages.active))
    .orderBy(...inOrder)
  return rows.map(toPackage)
}

/** The packages of an event itself; none where it uses the global ones. */
export async function ownPackages(db: Queryable, eventId: string): Promise<Package[]> {
  const rows = await db
    .select()
    .from(packages)
    .where(and(eq(packages.eventId, eventId), packages.active))
    .orderBy(...inOrder)
  return rows.map(toPackage)
}

/** What an event sells by: its own packages where it has any, else the global ones. */
export async function packagesOfEvent(db: Queryable, eventId: string): Promise<Package[]> {
  const own = await ownPackages(db, eventId)
  return own.length > 0 ? own : globalPackages(db)
}

const toPackage = (row: typeof packages.$inferSelect): Package => ({
  id: row.id,
  kind: row.kind,
  name: { th: row.nameTh, en: row.nameEn },
  photoCount: row.photoCount,
  price: baht(row.price),
})
