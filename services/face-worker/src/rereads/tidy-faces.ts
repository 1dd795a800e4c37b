import type { Db } from '@pix/db/client.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { PROBE_TTL_SECONDS } from '@pix/jobs/faces.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { moveMatches } from './same-face.ts'

/** Photos whose faces are removed in one transaction. */
const PIECE = 200

/**
 * Removes the faces that nothing looks at any more: those of the model before, once no search with a face of that model
 * can be waiting; after a cancelled change the new ones, at once. When a run is killed, the next one goes on.
 */
export async function tidyFaces({ db, log, now }: { db: Db; log: Log; now: () => Date }): Promise<void> {
  const waitedLongEnough = new Date(now().getTime() - PROBE_TTL_SECONDS * 1_000)
  const due = await db
    .select()
    .from(faceRereads)
    .where(
      and(
        isNull(faceRereads.tidiedAt),
        or(isNotNull(faceRereads.cancelledAt), lt(faceRereads.changedAt, waitedLongEnough)),
      ),
    )
  for (const reread of due) {
    if (reread.changedAt) await moveMatches(db, reread)
    const { eventId, fromModel, toModel } = reread
    const model = reread.changedAt ? fromModel : toModel
    // Photo by photo, since a look for the next faces of that model would pass over all that are gone already.
    const photoIds = (await db.select({ id: photos.id }).from(photos).where(eq(photos.eventId, eventId))).map(
      row => row.id,
    )
    let going = true
    for (let from = 0; going && from < photoIds.length; from += PIECE)
      going = await removeFaces(db, reread.id, photoIds.slice(from, from + PIECE), model)
    if (!going) continue
    await db.update(faceRereads).set({ tidiedAt: now() }).where(eq(faceRereads.id, reread.id))
    log.info({ eventId, model, photos: photoIds.length }, 'faces that nothing looks at any more are removed')
  }
}

/**
 * Matches of faces that were not found again keep the place where they were.
 *
 * @returns false when another worker has finished this one: faces of that model may by now be those of a later change
 */
async function removeFaces(db: Db, rereadId: string, photoIds: string[], model: string): Promise<boolean> {
  const going = and(inArray(faces.photoId, photoIds), eq(faces.modelVersion, model))
  const faceBox = sql`jsonb_build_object('x', ${faces.x}, 'y', ${faces.y}, 'width', ${faces.width}, 'height', ${faces.height})`
  const left = sql<number>`(select count(*) from ${faces} where ${faces.photoId} = ${photos.id})`
  return db.transaction(async tx => {
    const [open] = await tx
      .select({ id: faceRereads.id })
      .from(faceRereads)
      .where(and(eq(faceRereads.id, rereadId), isNull(faceRereads.tidiedAt)))
      .for('update')
    if (!open) return false
    await tx
      .update(searchMatches)
      .set({ faceId: null, faceBox })
      .from(faces)
      .where(and(eq(searchMatches.faceId, faces.id), going))
    const gone = await tx.delete(faces).where(going)
    if (gone.rowCount) await tx.update(photos).set({ faceCount: left }).where(inArray(photos.id, photoIds))
    return true
  })
}
