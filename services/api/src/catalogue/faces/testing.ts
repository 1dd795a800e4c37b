import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { listAll, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { photoWithFace } from '../../testing/faces.ts'
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
