import { inArray, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { faces, photos } from './schema/photos.ts'

export interface FaceOfPhoto {
  id: string
  photoId: string
}

/** Deletes faces, and counts those that are left in their photos. @returns those that were there */
export async function deleteFaces(db: Queryable, faceIds: readonly string[]): Promise<FaceOfPhoto[]> {
  if (faceIds.length === 0) return []
  return db.transaction(async tx => {
    const gone = await tx
      .delete(faces)
      .where(inArray(faces.id, [...faceIds]))
      .returning({ id: faces.id, photoId: faces.photoId })
    const left = sql<number>`(select count(*) from ${faces} where ${faces.photoId} = ${photos.id})`
    const photoIds = [...new Set(gone.map(({ photoId }) => photoId))]
    if (photoIds.length > 0) await tx.update(photos).set({ faceCount: left }).where(inArray(photos.id, photoIds))
    return gone
  })
}
