import type { Tx } from '@pix/db/client.ts'
import { deleteFaces } from '@pix/db/delete-faces.ts'
import type { Deletion } from '@pix/db/deletion.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

type Objection = Extract<Deletion, { kind: 'objection' }>
type FoundFace = Objection['faces'][number]

/**
 * Takes the faces of an objection out again in a restored database, as part of a transaction. The face that was kept to
 * leave out later photos is lost where the restored database has it not: the log holds no faces. The address is lost, too.
 *
 * @returns whether the event is there
 */
export async function objectAgain(
  { db }: Pick<Context, 'now'> & { db: Tx },
  objection: Objection,
  askedAt: Date,
): Promise<boolean> {
  const { objectionId, eventId, searchId, way: kind, sessionId, userId, faces: logged } = objection
  // The event's row is locked first, as everywhere where its faces change.
  const [event] = await db
    .update(events)
    .set({ indexRevision: sql`${events.indexRevision} + 1` })
    .where(eq(events.id, eventId))
    .returning({ id: events.id })
  if (!event) return false
  const found = await findAgain(db, eventId, logged)
  const whose = {
    sessionId: sessionId !== null && (await db.$count(sessions, eq(sessions.id, sessionId))) > 0 ? sessionId : null,
    userId: userId !== null && (await db.$count(users, eq(users.id, userId))) > 0 ? userId : null,
  }
  await db
    .insert(objections)
    .values({ id: objectionId, eventId, searchId, kind, ...whose, locale: 'th', askedAt, faceCount: 0 })
    .onConflictDoNothing()
  const toDelete = kind === 'delete' ? found.filter(({ unsure }) => !unsure) : []
  await deleteFaces(
    db,
    toDelete.map(({ faceId }) => faceId),
  )
  const rows = found
    .filter(face => !toDelete.includes(face))
    .map(({ faceId, unsure }) => ({ objectionId, eventId, faceId, unsure }))
  if (rows.length > 0) await db.insert(hiddenFaces).values(rows).onConflictDoNothing()
  await db
    .update(objections)
    .set({ faceCount: sql`${objections.faceCount} + ${found.length}` })
    .where(eq(objections.id, objectionId))
  return true
}

/**
 * The faces that are there. A photo that was read again between backup and objection has other faces: all of them are
 * hidden until somebody has looked at them, since nobody knows any more which one it was.
 */
async function findAgain(db: Tx, eventId: string, logged: readonly FoundFace[]): Promise<FoundFace[]> {
  const photoIds = [...new Set(logged.map(({ photoId }) => photoId))]
  const there = await db
    .select({ faceId: faces.id, photoId: faces.photoId, eventId: faces.eventId })
    .from(faces)
    .where(inArray(faces.photoId, photoIds))
  const present = there.filter(face => face.eventId === eventId)
  const known = logged.filter(({ faceId }) => present.some(face => face.faceId === faceId))
  const lost = new Set(logged.filter(face => !known.includes(face)).map(({ photoId }) => photoId))
  for (const { photoId } of known) lost.delete(photoId)
  const doubtful = present.filter(({ photoId }) => lost.has(photoId))
  return [...known, ...doubtful.map(({ faceId, photoId }) => ({ faceId, photoId, unsure: true }))]
}
