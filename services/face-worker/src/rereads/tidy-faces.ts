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
 * can be waiting any more; after a cancelled change the new ones, at once. Killed at any line it goes on.
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
    let removed = 0
    for (let piece = -1; piece !== 0; removed += piece) piece = await removePiece(db, eventId, model)
    await db.update(faceRereads).set({ tidiedAt: now() }).where(eq(faceRereads.id, reread.id))
    log.info({ eventId, model, photos: removed }, 'faces that nothing looks at any more are removed')
  }
}

/** Matches of faces that were not found again keep the place where they were. @returns how many photos it was for */
async function removePiece(db: Db, eventId: string, model: string): Promise<number> {
  return db.transaction(async tx => {
    const ofModel = and(eq(faces.eventId, eventId), eq(faces.modelVersion, model))
    const photoIds = (await tx.selectDistinct({ id: faces.photoId }).from(faces).where(ofModel).limit(PIECE)).map(
      row => row.id,
    )
    if (photoIds.length === 0) return 0
    const going = and(inArray(faces.photoId, photoIds), eq(faces.modelVersion, model))
    await tx
      .update(searchMatches)
      .set({
        faceId: null,
        faceBox: sql`jsonb_build_object('x', ${faces.x}, 'y', ${faces.y}, 'width', ${faces.width}, 'height', ${faces.height})`,
      })
      .from(faces)
      .where(and(eq(searchMatches.faceId, faces.id), going))
    await tx.delete(faces).where(going)
    const left = sql<number>`(select count(*) from ${faces} where ${faces.photoId} = ${photos.id})`
    await tx.update(photos).set({ faceCount: left }).where(inArray(photos.id, photoIds))
    return photoIds.length
  })
}
