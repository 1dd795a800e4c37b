import { chooseCover } from '@pix/db/choose-cover.ts'
import type { Db, Tx } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { rereadPhotos } from '@pix/db/schema/rereads.ts'
import type { DetectedFace, FaceEngine } from '@pix/faces/types.ts'
import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { findObjectors } from '../objections/find-objectors.ts'

type Facts = Partial<typeof photos.$inferInsert> & { width: number; height: number }

interface RecordDeps {
  db: Db
  engine: Pick<FaceEngine, 'modelVersion'>
  now: () => Date
}

/**
 * Marks a photo as `processed`, with its faces, in one transaction. Where the event approves everything, or trusts its
 * photographer, the photo goes on sale in the same one. Nothing happens when the photo is gone or finished already, or
 * when the event has another engine by now.
 */
export async function recordPhoto(
  { db, engine, now }: RecordDeps,
  photo: { id: string; eventId: string },
  facts: Facts,
  found: readonly DetectedFace[],
): Promise<'recorded' | 'other_engine' | 'gone'> {
  return db.transaction(async tx => {
    // The event is locked first, as everywhere where searchable photos change: its lock gives the revisions their
    // order.
    const revision = await takeRevision(tx, photo)
    if ((await lockModel(tx, photo.eventId)) !== engine.modelVersion) return 'other_engine'
    const [row] = await tx
      .select({ approval: photos.approval })
      .from(photos)
      .where(and(eq(photos.id, photo.id), eq(photos.state, 'processing')))
      .for('update')
    if (!row) return (await tx.$count(photos, eq(photos.id, photo.id))) > 0 ? 'recorded' : 'gone'
    const approved = revision !== null && row.approval === 'pending'
    const faceCount = await replaceFaces(tx, photo, engine.modelVersion, found)
    await tx
      .update(photos)
      .set({
        ...facts,
        state: 'processed',
        processedAt: now(),
        faceCount,
        ...(approved && { approval: 'approved', decidedAt: now(), indexRevision: revision }),
      })
      .where(eq(photos.id, photo.id))
    if (approved) await chooseCover(tx, photo.eventId)
    return 'recorded'
  })
}

/** The photographer is trusted in the photo's event (spec/20 "States"). */
const isTrusted = (photoId: string): SQL => sql`exists (
  select 1 from photos p
  join event_photographers e on e.event_id = p.event_id and e.user_id = p.photographer_id and e.trusted
  where p.id = ${photoId}
)`

/** The event's next revision where it approves this photo by itself; null elsewhere. */
async function takeRevision(tx: Tx, photo: { id: string; eventId: string }): Promise<number | null> {
  const [event] = await tx
    .update(events)
    .set({ indexRevision: sql`${events.indexRevision} + 1` })
    .where(
      and(
        eq(events.id, photo.eventId),
        or(eq(events.approval, 'all'), and(eq(events.approval, 'trusted'), isTrusted(photo.id))),
      ),
    )
    .returning({ revision: events.indexRevision })
  return event?.revision ?? null
}

/** The event's model version, which cannot change until this transaction ends. */
async function lockModel(tx: Tx, eventId: string): Promise<string | null> {
  const [event] = await tx.select({ model: events.faceModel }).from(events).where(eq(events.id, eventId)).for('share')
  return event?.model ?? null
}

/** Should the event's photos be read again just now, this one is to be read with the others. */
async function replaceFaces(
  tx: Tx,
  photo: { id: string; eventId: string },
  modelVersion: string,
  found: readonly DetectedFace[],
): Promise<number> {
  await tx.delete(rereadPhotos).where(eq(rereadPhotos.photoId, photo.id))
  await tx.delete(faces).where(eq(faces.photoId, photo.id))
  return addFaces(tx, photo, modelVersion, found)
}

/**
 * Stores a photo's faces. Of people who objected they are hidden, or not stored at all. The caller holds the event's row, so
 * that an objection comes either before or after.
 *
 * @returns how many are stored
 */
export async function addFaces(
  tx: Tx,
  photo: { id: string; eventId: string },
  modelVersion: string,
  found: readonly DetectedFace[],
): Promise<number> {
  const objectors = found.length === 0 ? [] : await findObjectors(tx, photo.eventId, modelVersion)
  const seen = found
    .map(face => ({ id: newId(), face, by: objectors.filter(({ isTheirs }) => isTheirs(face)) }))
    .filter(({ by }) => by.every(({ kind }) => kind === 'hide'))
  if (seen.length === 0) return 0
  await tx.insert(faces).values(
    seen.map(({ id, face: { box, landmarks, embedding, score, quality } }) => ({
      id,
      photoId: photo.id,
      eventId: photo.eventId,
      ...box,
      landmarks: bytesOf(landmarks),
      embedding: bytesOf(embedding),
      modelVersion,
      score,
      quality,
    })),
  )
  const hidden = seen.flatMap(({ id: faceId, by }) =>
    by.map(({ objectionId }) => ({ objectionId, faceId, eventId: photo.eventId })),
  )
  if (hidden.length > 0) await tx.insert(hiddenFaces).values(hidden)
  return seen.length
}

/** Little-endian float32, as every machine we run on holds them. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength)
