import type { Queryable } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { and, inArray, or, type SQL } from 'drizzle-orm'
import { boughtBy, boughtSignedIn, type Buyer } from '../../base/caller.ts'

type Buying = Pick<Buyer, 'sessionId' | 'userId' | 'email'>

/** SQL on entitlements: what counts as bought by somebody, wherever something is shown, ordered or paid. */
const boughtAlready = (by: Buying, at: Date): SQL =>
  and(
    or(boughtBy(by, at, entitlements), by.userId === null ? undefined : boughtSignedIn(by.userId, entitlements)),
    isBought(),
  )!

/** What somebody has bought, as a subquery: ids of photos. */
export const boughtPhotoIds = (db: Queryable, by: Buying, at: Date) =>
  db.select({ photoId: entitlements.photoId }).from(entitlements).where(boughtAlready(by, at))

/** Those of the photos that somebody has bought: nothing is sold to them twice. */
export async function boughtPhotos(
  db: Queryable,
  by: Buying,
  at: Date,
  photoIds: readonly string[],
): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({ photoId: entitlements.photoId })
    .from(entitlements)
    .where(and(boughtAlready(by, at), inArray(entitlements.photoId, [...photoIds])))
  return new Set(rows.map(row => row.photoId))
}
