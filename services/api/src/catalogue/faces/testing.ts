import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { newId } from '@pix/db/ids.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { listAll, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { testJpeg } from '../../testing/images.ts'
import type { TestApp } from '../../testing/test-app.ts'

export type Visitor = Awaited<ReturnType<TestApp['visitor']>>

export async function send(t: TestApp, visitor: Visitor, fields: [string, string | Buffer][]) {
  const data = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === 'string') data.append(name, value)
    else data.append(name, new Blob([new Uint8Array(value)]), 'me.jpg')
  }
  const encoded = new Request('http://test', { method: 'POST', body: data })
  return t.app.inject({
    method: 'POST',
    url: '/api/face/search',
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { ...visitor.headers, 'content-type': encoded.headers.get('content-type')! },
  })
}

export const search = (t: TestApp, visitor: Visitor, eventId: string, selfie: Buffer) =>
  send(t, visitor, [
    ['eventId', eventId],
    ['consent', FACE_SEARCH_CONSENT.th],
    ['selfie', selfie],
  ])

export const selfies = (t: TestApp) => listAll(t.storage, VANISHING_BUCKET, 'faces/searches/')

export const embedding = Array.from({ length: 128 }, (_, i) => (i % 2 === 0 ? 0.1 : -0.1))
export const probe = (t: TestApp, visitor: Visitor, eventId: string, more: object = {}) =>
  t.app.inject({
    method: 'POST',
    url: '/api/face/search/embedding',
    headers: visitor.headers,
    payload: { eventId, consent: FACE_SEARCH_CONSENT.th, modelVersion: 'm1', embedding, quality: 0.9, ...more },
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
    modelVersion: 'm1',
    score: 0.9,
    quality: 0.9,
  })
  return { photo, faceId }
}

/** A finished search with a match per band. */
export async function finished(t: TestApp) {
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const { id } = (await search(t, visitor, event.id, await testJpeg(1))).json()
  const matches = []
  for (const [band, distance, confidence] of [
    ['maybe', 0.3, 0.5],
    ['sure', 0.1, 0.98],
    ['likely', 0.2, 0.9],
    ['sure', 0.4, 0.99],
  ] as const) {
    const { photo, faceId } = await photoWithFace(t, event.id, photographer.id)
    await t.db.insert(searchMatches).values({ searchId: id, photoId: photo.id, faceId, distance, confidence, band })
    matches.push({ photo, band, distance })
  }
  await t.db.update(searches).set({ state: 'done', photoCount: 4 }).where(eq(searches.id, id))
  const results = () => t.app.inject({ url: `/api/face/search/${id}/results`, headers: visitor.headers })
  return { id: id as string, visitor, event, matches, results }
}
