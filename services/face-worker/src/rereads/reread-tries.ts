import type { Queryable } from '@pix/db/client.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { faceRereads, rereadPhotos } from '@pix/db/schema/rereads.ts'
import { REREAD_GIVEN_UP, REREAD_TRIES } from '@pix/domain/tries.ts'
import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import { restedSince } from '../rested-since.ts'
import type { RereadWork } from './reread-photo.ts'

/** The rereads that go on and whose models this worker has, the one asked for first at the head. */
export const openRereads = (db: Queryable, models: readonly string[]) =>
  db
    .select({ id: faceRereads.id, eventId: faceRereads.eventId, model: faceRereads.toModel })
    .from(faceRereads)
    .where(and(isGoingOn, inArray(faceRereads.toModel, [...models])))
    .orderBy(asc(faceRereads.askedAt), asc(faceRereads.id))

/** Begins a try, counted in its row. Undefined when there is nothing to do. */
export async function beginTry(
  db: Queryable,
  photoId: string,
  models: readonly string[],
  now: Date,
): Promise<RereadWork | undefined> {
  const [reread] = await db
    .select({ id: faceRereads.id, model: faceRereads.toModel })
    .from(faceRereads)
    .innerJoin(photos, eq(photos.eventId, faceRereads.eventId))
    .where(
      and(eq(photos.id, photoId), eq(photos.state, 'processed'), isGoingOn, inArray(faceRereads.toModel, [...models])),
    )
  if (!reread) return undefined
  const [begun] = await db
    .insert(rereadPhotos)
    .values({ rereadId: reread.id, photoId, attempts: 1, triedAt: now })
    .onConflictDoUpdate({
      target: [rereadPhotos.rereadId, rereadPhotos.photoId],
      set: { attempts: sql`${rereadPhotos.attempts} + 1`, triedAt: now },
      setWhere: sql`${rereadPhotos.readAt} is null and ${rereadPhotos.attempts} < ${REREAD_TRIES}`,
    })
    .returning({ photoId: rereadPhotos.photoId })
  return begun && { rereadId: reread.id, photoId, model: reread.model }
}

const unread = ({ rereadId, photoId }: RereadWork) =>
  and(eq(rereadPhotos.rereadId, rereadId), eq(rereadPhotos.photoId, photoId), isNull(rereadPhotos.readAt))

/** The worker stops: the try it was in does not count. */
export async function giveBack(db: Queryable, work: RereadWork): Promise<void> {
  await db
    .update(rereadPhotos)
    .set({ attempts: sql`greatest(${rereadPhotos.attempts} - 1, 0)` })
    .where(unread(work))
}

/** No further try would help, until somebody asks for one. */
export async function giveUp(db: Queryable, work: RereadWork): Promise<void> {
  await db.update(rereadPhotos).set({ attempts: REREAD_GIVEN_UP }).where(unread(work))
}

/** A try failed for a reason that another one may not meet: the last one gives the photo up. */
export async function endTry(db: Queryable, work: RereadWork): Promise<void> {
  const wasLast = gte(rereadPhotos.attempts, REREAD_TRIES)
  await db
    .update(rereadPhotos)
    .set({ attempts: REREAD_GIVEN_UP })
    .where(and(unread(work), wasLast))
}

/** SQL: this photo, joined with its row of tries if it has one, may be tried now. */
export const mayBeTried = (now: Date) => sql`(${rereadPhotos.photoId} is null or (
  ${rereadPhotos.readAt} is null and ${rereadPhotos.attempts} < ${REREAD_TRIES}
  and ${restedSince(rereadPhotos.attempts, rereadPhotos.triedAt, now)}))`
