import { inArray, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { faces, photos } from './schema/photos.ts'

/** Deletes faces, and counts those that are left in their photos. @returns how many */
export async function deleteFaces(db: Queryable, faceIds: readonly string[]): Promise<number> {
  if (faceIds.length === 0) return 0
  return db.transaction(async tx => {
    const gone = await tx
      .delete(faces)
      .where(inArray(faces.id, [...faceIds]))
      .returning({ photoId: faces.photoId })
    const left = sql<number>`(select count(*) from ${faces} where ${faces.photoId} = ${photos.id})`
    const photoIds = [...new Set(gone.map(({ photoId }) => photoId))]
    if (photoIds.length > 0) await tx.update(photos).set({ faceCount: left }).where(inArray(photos.id, photoIds))
    return gone.length
  })
}
