import { newId } from '@pix/db/ids.ts'
import { addSession } from '@pix/db/rows-testing.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { eq } from 'drizzle-orm'
import type { TestPlace } from '../testing.ts'

export const MODEL = MODEL_VERSIONS['face-api']
export const mine = new Float32Array(128).map((_, i) => Math.sin(i) / 10)
export const stranger = new Float32Array(128).map((_, i) => Math.cos(i * 7) / 5)

/** With one face; it raises the event's revision, as an approval does. @returns the photo's and the face's id */
export async function addPhoto(
  place: TestPlace,
  eventId: string,
  embedding: Float32Array,
  approval = 'approved' as 'approved' | 'pending',
) {
  const [event] = await place.db.select({ revision: events.indexRevision }).from(events).where(eq(events.id, eventId))
  const indexRevision = event!.revision + 1
  const processed = { state: 'processed', approval, width: 10, height: 10, processedAt: new Date() } as const
  const photoId = await place.addPhoto(eventId, Buffer.from(newId()), { ...processed, indexRevision })
  const faceId = newId()
  const box = { x: 0, y: 0, width: 1, height: 1, landmarks: Buffer.alloc(544), score: 1, quality: 0.9 }
  const numbers = { embedding: Buffer.from(embedding.buffer), modelVersion: MODEL }
  await place.db.insert(faces).values({ id: faceId, photoId, eventId, ...box, ...numbers })
  await place.db.update(events).set({ indexRevision, faceModel: MODEL }).where(eq(events.id, eventId))
  return { photoId, faceId }
}

/** An event with a photo of this person, who found it and waits for others. */
export async function addAlert(place: TestPlace, values: Partial<typeof eventAlerts.$inferInsert> = {}) {
  const { db, keys } = place
  const eventId = await place.addEvent({ status: 'on_sale' })
  const first = await addPhoto(place, eventId, mine)
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  const [alertId, faceId] = [newId(), newId()]
  const now = new Date()
  await db.insert(eventAlerts).values({
    id: alertId,
    eventId,
    email: `${alertId}@test.example`,
    locale: 'th',
    linkHash: alertId,
    askedAt: now,
    confirmedAt: now,
    searchId: newId(),
    searchedAt: now,
    sessionId: await addSession(db),
    consentId: newId(),
    seenRevision: event!.indexRevision,
    ...values,
  })
  const embedding = seal(keys, alertFaces.embedding, faceId, Buffer.from(mine.buffer).toString('base64'))
  await db.insert(alertFaces).values({ id: faceId, alertId, eventId, modelVersion: MODEL, embedding, quality: 0.9 })
  return { alertId, eventId, first }
}

/** Whether a new photo was found, whether the face is still there, and up to where was compared. */
export async function alertOf({ db }: TestPlace, alertId: string) {
  const [alert] = await db.select().from(eventAlerts).where(eq(eventAlerts.id, alertId))
  const kept = await db.$count(alertFaces, eq(alertFaces.alertId, alertId))
  return { found: alert!.foundAt !== null, kept, seen: alert!.seenRevision }
}
