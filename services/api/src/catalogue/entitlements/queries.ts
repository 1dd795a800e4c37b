import type { Queryable } from '@pix/db/client.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { and, gt, inArray, isNull, type SQL } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'

/** Of entitlements: those that stand. What is bought stays bought after its downloads have ended. */
export const isBought = (): SQL => isNull(entitlements.closedAt)

/** Of entitlements: those whose photo may be downloaded now. */
export const mayBeDownloaded = (at: Date): SQL => and(isBought(), gt(entitlements.until, at))!

/** Those of the photos that this buyer has bought: nothing is sold to them twice. */
export async function boughtPhotos(db: Queryable, owner: Owner, photoIds: readonly string[]): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({ photoId: entitlements.photoId })
    .from(entitlements)
    .where(and(ownedBy(owner, entitlements), isBought(), inArray(entitlements.photoId, [...photoIds])))
  return new Set(rows.map(row => row.photoId))
}
