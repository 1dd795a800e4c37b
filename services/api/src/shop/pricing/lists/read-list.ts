import { baht } from '@pix/contracts/common.ts'
import type { ListedPackage, PackageList } from '@pix/contracts/package-lists.ts'
import type { Queryable } from '@pix/db/client.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, eq, isNull, or, type SQL } from 'drizzle-orm'
import { inOrder, type PackageRow } from '../queries.ts'

/** Whose list: the platform's where it names nothing, a studio's, or an event's. */
export interface ListOwner {
  studioId: string | null
  eventId: string | null
}

/** SQL on packages: the rows of this list that stand. */
export const ofList = ({ studioId, eventId }: ListOwner): SQL =>
  and(
    packages.active,
    studioId === null ? isNull(packages.studioId) : eq(packages.studioId, studioId),
    eventId === null ? isNull(packages.eventId) : eq(packages.eventId, eventId),
  )!

const NONE_OF_ITS_OWN = 'none'

/** A list as its editor shows it, with the one that stands in where it is empty. */
export async function readList(db: Queryable, owner: ListOwner): Promise<PackageList> {
  const { studioId } = owner
  const platform: ListOwner = { studioId: null, eventId: null }
  const wanted = [owner, { studioId, eventId: null }, platform].map(ofList)
  const rows = await db
    .select()
    .from(packages)
    .where(or(...wanted))
    .orderBy(...inOrder)
  const listed = (of: ListOwner) =>
    rows.filter(row => row.studioId === of.studioId && row.eventId === of.eventId).map(toListed)

  const own = listed(owner)
  const ofStudio = owner.eventId === null ? [] : listed({ studioId, eventId: null })
  const wider =
    studioId === null
      ? null
      : ofStudio.length > 0
        ? { of: 'studio' as const, items: ofStudio }
        : { of: 'platform' as const, items: listed(platform) }
  const isOwn = own.length > 0 || wider === null
  // Each change writes all rows again, so the first one's id is another one after it.
  return { isOwn, items: isOwn ? own : wider.items, revision: own[0]?.id ?? NONE_OF_ITS_OWN, wider }
}

const toListed = (row: PackageRow): ListedPackage => ({
  id: row.id,
  kind: row.kind,
  name: { th: row.nameTh, en: row.nameEn },
  photoCount: row.photoCount,
  price: baht(row.price),
  early:
    row.earlyPrice === null
      ? null
      : { price: baht(row.earlyPrice), until: row.earlyUntil === null ? null : row.earlyUntil.toISOString() },
  hidden: row.hidden,
})
