import { REREAD_GIVEN_UP, REREAD_TRIES, REREAD_TRY_SECONDS } from '@pix/domain/tries.ts'
import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { photos } from './schema/photos.ts'
import { faceRereads, rereadPhotos } from './schema/rereads.ts'

/** SQL: these rereads still go on. */
export const isGoingOn = and(isNull(faceRereads.changedAt), isNull(faceRereads.cancelledAt))

/** How far the reading of an event's photos is. */
export interface RereadProgress {
  /** Processed photos of the event. */
  photos: number
  read: number
  /** Given up: they keep the event from changing. */
  failed: number
}

/** SQL: no further try is made of this photo, and none runs. */
const isGivenUp = sql`(${rereadPhotos.readAt} is null and (
  ${rereadPhotos.attempts} >= ${REREAD_GIVEN_UP}
  or ${rereadPhotos.attempts} = ${REREAD_TRIES} and ${rereadPhotos.triedAt} < now() - ${REREAD_TRY_SECONDS} * interval '1 second'))`

/** Counted anew at each call: photos come and go meanwhile. */
export async function rereadProgress(db: Queryable, reread: { id: string; eventId: string }): Promise<RereadProgress> {
  const [counted] = await db
    .select({
      photos: count(),
      read: sql<number>`count(*) filter (where ${isNotNull(rereadPhotos.readAt)})::int`,
      failed: sql<number>`count(*) filter (where ${isGivenUp})::int`,
    })
    .from(photos)
    .leftJoin(rereadPhotos, and(eq(rereadPhotos.photoId, photos.id), eq(rereadPhotos.rereadId, reread.id)))
    .where(and(eq(photos.eventId, reread.eventId), eq(photos.state, 'processed'), isNull(photos.takenDownAt)))
  return counted ?? { photos: 0, read: 0, failed: 0 }
}
