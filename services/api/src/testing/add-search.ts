import { consents } from '@pix/db/schema/consents.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import type { TestApp } from './test-app.ts'

interface Made {
  sessionId: string
  eventId: string
  photoIds: readonly string[]
  band: 'sure' | 'likely' | 'maybe'
  /** The signed-in person who agreed to it; null for a guest. */
  userId?: string | null
}

/** A session's search that found these photos: rows only. @returns its id */
export async function addSearch(
  t: TestApp,
  { sessionId, eventId, photoIds, band, userId = null }: Made,
): Promise<string> {
  const [consentId, searchId] = [t.deps.newId(), t.deps.newId()]
  await t.db
    .insert(consents)
    .values({ id: consentId, sessionId, userId, eventId, purpose: 'face_search', version: '1' })
  await t.db.insert(searches).values({ id: searchId, sessionId, eventId, consentId, source: 'selfie', state: 'done' })
  for (const photoId of photoIds) {
    const faceId = t.deps.newId()
    const place = { x: 0, y: 0, width: 0.1, height: 0.1, score: 1, quality: 1 }
    const numbers = { landmarks: Buffer.alloc(544), embedding: Buffer.alloc(512), modelVersion: 'test' }
    await t.db.insert(faces).values({ id: faceId, photoId, eventId, ...place, ...numbers })
    await t.db.insert(searchMatches).values({ searchId, photoId, faceId, distance: 0.3, confidence: 0.99, band })
  }
  return searchId
}
