import { OBJECTION_WORDING } from '@pix/contracts/consent-wordings.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { objectorKey } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { send, type Visitor } from '../catalogue/faces/testing.ts'
import { embedding, photoWithFace, probe } from './faces.ts'
import { testJpeg } from './images.ts'
import type { TestApp } from './test-app.ts'

/** Somebody showed a selfie, and the worker found them surely in two photos and perhaps in a third. */
export async function foundObjector(t: TestApp) {
  const [visitor, other] = [await t.visitor(), await t.visitor()]
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  const started = await send(t, visitor, [
    ['eventId', event.id],
    ['consent', OBJECTION_WORDING.th.id],
    ['selfie', await testJpeg(1)],
  ])
  expect(started.statusCode).toBe(202)
  const { id: searchId } = started.json<{ id: string }>()
  const shown: Shown[] = []
  for (const band of ['sure', 'likely', 'maybe'] as const)
    shown.push({ band, ...(await photoWithFace(t, event.id, photographer.id)) })
  await finish(t, searchId, shown)
  for (const [n, model] of Object.values(MODEL_VERSIONS).entries())
    await t.deps.redis.hset(objectorKey(searchId), model, writeProbes([{ embedding, quality: 0.5 + n / 10 }], model))
  /** Somebody else's search, which finds the same faces. */
  const search = async (who: Visitor) => {
    const { id } = (await probe(t, who, event.id)).json<{ id: string }>()
    await finish(t, id, shown)
    const read = async () =>
      (await t.app.inject({ url: `/api/face/search/${id}/results`, headers: who.headers })).json()
    const status = async () =>
      (await t.app.inject({ url: `/api/face/search/${id}/status`, headers: who.headers })).json()
    return { read, status }
  }
  const confirm = (more: object = {}, id = searchId) =>
    t.app.inject({
      method: 'POST',
      url: `/api/face/search/${id}/objection`,
      headers: visitor.headers,
      payload: { kind: 'hide', photoIds: shown.map(({ photo }) => photo.id), keep: null, locale: 'th', ...more },
    })
  return { visitor, other, event, photographer, searchId, shown, confirm, search }
}

interface Shown {
  band: 'sure' | 'likely' | 'maybe'
  photo: { id: string }
  faceId: string
}

async function finish(t: TestApp, searchId: string, shown: readonly Shown[]) {
  const matches = shown.map(({ band, photo, faceId }) => ({
    searchId,
    photoId: photo.id,
    faceId,
    distance: 0.1,
    confidence: 0.9,
    band,
  }))
  await t.db.insert(searchMatches).values(matches)
  await t.db.update(searches).set({ state: 'done', photoCount: 3 }).where(eq(searches.id, searchId))
}

/** The photos of an answer's matches. */
export const photosIn = ({ items }: { items: { photo: { id: string } }[] }) =>
  items.map(({ photo }) => photo.id).toSorted()
