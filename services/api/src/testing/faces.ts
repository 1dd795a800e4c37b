import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { newId } from '@pix/db/ids.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import type { TestApp } from './test-app.ts'

type Visitor = Awaited<ReturnType<TestApp['visitor']>>

/** Of the faces of tests: one that an engine makes. */
export const MODEL = MODEL_VERSIONS.sface

/** Of the length 1.4, as an engine makes it. */
export const embedding = Array.from({ length: 128 }, (_, i) => (i % 2 === 0 ? 1.4 : -1.4) / Math.sqrt(128))
export const probe = (t: TestApp, visitor: Visitor, eventId: string, more: object = {}) =>
  t.app.inject({
    method: 'POST',
    url: '/api/face/search/embedding',
    headers: visitor.headers,
    payload: { eventId, consent: FACE_SEARCH_CONSENT.th, modelVersion: MODEL, embedding, quality: 0.9, ...more },
  })

/** A photo with a face, as the worker leaves it. */
export async function photoWithFace(t: TestApp, eventId: string, photographerId: string) {
  const photo = await t.photo(eventId, photographerId, { faceCount: 1 })
  const faceId = newId()
  await t.db.insert(faces).values({
    id: faceId,
    photoId: photo.id,
    eventId,
    x: 0.25,
    y: 0.25,
    width: 0.5,
    height: 0.5,
    landmarks: Buffer.alloc(544),
    embedding: Buffer.alloc(512),
    modelVersion: MODEL,
    score: 0.9,
    quality: 0.9,
  })
  return { photo, faceId }
}
