import type { Queryable } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { and, inArray } from 'drizzle-orm'
import { boughtBy, type Buyer } from '../../base/caller.ts'

/** What somebody has bought, as a subquery: ids of photos. */
export const boughtPhotoIds = (db: Queryable, by: Pick<Buyer, 'sessionId' | 'email'>, at: Date) =>
  db
    .select({ photoId: entitlements.photoId })
    .from(entitlements)
    .where(and(boughtBy(by, at, entitlements), isBought()))

/** Those of the photos that somebody has bought: nothing is sold to them twice. */
export async function boughtPhotos(
  db: Queryable,
  by: Pick<Buyer, 'sessionId' | 'email'>,
  at: Date,
  photoIds: readonly string[],
): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({ photoId: entitlements.photoId })
    .from(entitlements)
    .where(and(boughtBy(by, at, entitlements), isBought(), inArray(entitlements.photoId, [...photoIds])))
  return new Set(rows.map(row => row.photoId))
}
