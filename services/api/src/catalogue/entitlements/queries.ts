import type { Queryable } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { and, inArray } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'

/** Those of the photos that this buyer has bought: nothing is sold to them twice. */
export async function boughtPhotos(db: Queryable, owner: Owner, photoIds: readonly string[]): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({ photoId: entitlements.photoId })
    .from(entitlements)
    .where(and(ownedBy(owner, entitlements), isBought(), inArray(entitlements.photoId, [...photoIds])))
  return new Set(rows.map(row => row.photoId))
}
