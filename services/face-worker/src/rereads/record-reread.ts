import type { Db, Tx } from '@pix/db/client.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { faceRereads, rereadPhotos } from '@pix/db/schema/rereads.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { addFaces } from '../photos/record-photo.ts'

interface Reread {
  rereadId: string
  photo: { id: string; eventId: string }
  model: string
}

/**
 * Stores the new faces of a photo and that it was read, in one transaction. The event cannot change, nor the change be
 * cancelled, nor the photo be deleted, before it ends.
 */
export async function recordReread(
  { db, now }: { db: Db; now: () => Date },
  { rereadId, photo, model }: Reread,
  found: readonly DetectedFace[],
): Promise<'read' | 'gone' | 'over'> {
  return db.transaction(async tx => {
    // The event is locked first, as objections do: an objection comes before these faces or after them.
    await tx.select({ id: events.id }).from(events).where(eq(events.id, photo.eventId)).for('share')
    if (!(await holdReread(tx, rereadId))) return 'over'
    if (!(await holdPhoto(tx, photo.id))) return 'gone'
    // A late second try must not give the photo other face ids than those that an index may hold already.
    if (await isRead(tx, rereadId, photo.id)) return 'read'
    await tx.delete(faces).where(and(eq(faces.photoId, photo.id), eq(faces.modelVersion, model)))
    await addFaces(tx, photo, model, found)
    const read = { readAt: now(), triedAt: now() }
    await tx
      .insert(rereadPhotos)
      .values({ rereadId, photoId: photo.id, attempts: 1, ...read })
      .onConflictDoUpdate({ target: [rereadPhotos.rereadId, rereadPhotos.photoId], set: read })
    return 'read'
  })
}

async function holdReread(tx: Tx, rereadId: string): Promise<boolean> {
  const open = and(eq(faceRereads.id, rereadId), isGoingOn)
  const [row] = await tx.select({ id: faceRereads.id }).from(faceRereads).where(open).for('share')
  return row !== undefined
}

async function isRead(tx: Tx, rereadId: string, photoId: string): Promise<boolean> {
  const read = and(
    eq(rereadPhotos.rereadId, rereadId),
    eq(rereadPhotos.photoId, photoId),
    isNotNull(rereadPhotos.readAt),
  )
  const [row] = await tx.select({ photoId: rereadPhotos.photoId }).from(rereadPhotos).where(read).for('update')
  return row !== undefined
}

async function holdPhoto(tx: Tx, photoId: string): Promise<boolean> {
  const processed = and(eq(photos.id, photoId), eq(photos.state, 'processed'), isNull(photos.takenDownAt))
  const [row] = await tx.select({ id: photos.id }).from(photos).where(processed).for('share')
  return row !== undefined
}
