import { auditEvents } from '@pix/db/schema/audit.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { faceRereads, rereadPhotos } from '@pix/db/schema/rereads.ts'
import { REREAD_GIVEN_UP, REREAD_TRIES, REREAD_TRY_SECONDS } from '@pix/domain/tries.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { leaveFaceWorkers, registerFaceWorker } from '@pix/jobs/face-workers.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const [OLD, NEW] = [MODEL_VERSIONS['face-api'], MODEL_VERSIONS.sface]
const worker = { name: 'a', engines: ['sface', 'face-api'], wanted: 'sface' }

async function scene(t: TestApp) {
  const [admin, photographer, event] = [await t.user('admin'), await t.user('photographer'), await t.event()]
  await t.db.update(events).set({ faceModel: OLD }).where(eq(events.id, event.id))
  const made = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  const url = `/api/events/${event.id}/face-engine`
  const ask = (method: 'GET' | 'POST' | 'DELETE', headers: object = admin.headers, engine = 'sface', at = url) =>
    t.app.inject({
      method,
      url: at,
      ...(method === 'POST' && { payload: { engine } }),
      headers: headers as Record<string, string>,
    })
  return { admin, photographer, event, photos: made, ask }
}

const actions = async (t: TestApp) => (await t.db.select().from(auditEvents)).map(row => row.action)

test('an admin has the photos of an event read again, sees how far that is, and it is on record', async () => {
  await using t = await testApp()
  const { admin, event, photos: made, ask } = await scene(t)
  await registerFaceWorker(t.deps.redis, worker)
  const workers = { count: 1, engines: ['sface', 'face-api'], missing: [] }
  expect((await ask('GET')).json()).toEqual({
    engine: 'face-api',
    outdated: false,
    unknown: [],
    state: 'settled',
    change: null,
    workers,
  })

  const answer = await ask('POST')
  expect(answer.statusCode).toBe(202)
  const change = { to: 'sface', photos: 2, read: 0, failed: 0 }
  expect(answer.json()).toMatchObject({ engine: 'face-api', state: 'reading', change })
  const [audited] = await t.db.select().from(auditEvents)
  expect(audited).toMatchObject({ actorId: admin.id, action: 'faces.change_engine', subject: `event:${event.id}` })

  const [reread] = await t.db.select().from(faceRereads)
  const [first, second] = made
  const rows = { rereadId: reread!.id, triedAt: new Date() }
  await t.db.insert(rereadPhotos).values({ ...rows, photoId: first!.id, attempts: 1, readAt: new Date() })
  expect((await ask('GET')).json()).toMatchObject({ state: 'reading', change: { photos: 2, read: 1, failed: 0 } })
  await t.db.insert(rereadPhotos).values({ ...rows, photoId: second!.id, attempts: REREAD_TRIES })
  expect((await ask('GET')).json()).toMatchObject({ state: 'reading', change: { read: 1, failed: 0 } })
  await t.db.update(rereadPhotos).set({ attempts: REREAD_GIVEN_UP }).where(eq(rereadPhotos.photoId, second!.id))
  expect((await ask('GET')).json()).toMatchObject({ state: 'failed', change: { read: 1, failed: 1 } })
  const longAgo = new Date(Date.now() - 2 * REREAD_TRY_SECONDS * 1_000)
  const diedInIt = { attempts: REREAD_TRIES, triedAt: longAgo }
  await t.db.update(rereadPhotos).set(diedInIt).where(eq(rereadPhotos.photoId, second!.id))
  expect((await ask('GET')).json()).toMatchObject({ state: 'failed', change: { read: 1, failed: 1 } })

  expect((await ask('POST')).json()).toMatchObject({ state: 'reading', change: { read: 1, failed: 0 } })
  await t.db.delete(photos).where(eq(photos.id, second!.id))
  expect((await ask('GET')).json()).toMatchObject({ state: 'reading', change: { photos: 1, read: 1 } })
})

test('a change is cancelled once; until what it left is tidied up no other begins', async () => {
  await using t = await testApp()
  const { ask } = await scene(t)
  await registerFaceWorker(t.deps.redis, worker)
  expect((await ask('DELETE')).json().code).toBe('illegal_state')
  await ask('POST')
  expect((await ask('DELETE')).json()).toMatchObject({ engine: 'face-api', state: 'tidying' })
  expect((await ask('DELETE')).json().code).toBe('illegal_state')
  expect((await ask('POST')).json().code).toBe('illegal_state')
  await t.db.update(faceRereads).set({ tidiedAt: new Date() })
  expect((await ask('GET')).json()).toMatchObject({ state: 'settled', change: null })
  expect((await ask('POST')).statusCode).toBe(202)
  expect(await actions(t)).toEqual(['faces.change_engine', 'faces.keep_engine', 'faces.change_engine'])
})

test('an engine whose weights no worker has is refused, and the page can say which worker lacks it', async () => {
  await using t = await testApp()
  const { ask } = await scene(t)
  expect((await ask('GET')).json().workers).toEqual({ count: 0, engines: [], missing: [] })
  const poor = { ...worker, name: 'b', engines: ['face-api'] }
  await registerFaceWorker(t.deps.redis, poor)
  expect((await ask('GET')).json().workers).toEqual({ count: 1, engines: ['face-api'], missing: ['sface'] })
  expect((await ask('POST')).json().code).toBe('face_engine_missing')
  expect(await t.db.select().from(faceRereads)).toEqual([])
  await leaveFaceWorkers(t.deps.redis, poor)
  expect((await ask('GET')).json().workers.count).toBe(0)
})

test('an event none of whose photos was read takes the engine at once; the same again changes nothing', async () => {
  await using t = await testApp()
  const { event, ask } = await scene(t)
  await registerFaceWorker(t.deps.redis, worker)
  await t.db.update(events).set({ faceModel: null }).where(eq(events.id, event.id))
  expect((await ask('GET')).json()).toMatchObject({ engine: null, state: 'settled' })
  expect((await ask('POST')).json()).toMatchObject({ engine: 'sface', state: 'settled', change: null })
  expect((await ask('POST')).json()).toMatchObject({ engine: 'sface', state: 'settled' })
  const [row] = await t.db.select().from(events).where(eq(events.id, event.id))
  expect(row!.faceModel).toBe(NEW)
  expect(await actions(t)).toEqual(['faces.change_engine'])
})

test('an event whose faces no engine makes any more says so, and is read again', async () => {
  await using t = await testApp()
  const { event, ask } = await scene(t)
  await registerFaceWorker(t.deps.redis, worker)
  await t.db.update(events).set({ faceModel: 'an older one' }).where(eq(events.id, event.id))
  expect((await ask('GET')).json()).toMatchObject({ engine: null, outdated: true, state: 'settled' })
  expect((await ask('POST')).json()).toMatchObject({ outdated: true, state: 'reading', change: { to: 'sface' } })
})

test('nobody but an admin reads, changes or cancels it, and of no event', async () => {
  await using t = await testApp()
  const { photographer, ask } = await scene(t)
  const others = [photographer.headers, (await t.user('organizer')).headers, (await t.visitor()).headers, {}]
  for (const headers of others)
    for (const method of ['GET', 'POST', 'DELETE'] as const)
      expect([401, 403]).toContain((await ask(method, headers)).statusCode)
  const nowhere = `/api/events/${crypto.randomUUID()}/face-engine`
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    expect((await ask(method, undefined, 'sface', nowhere)).statusCode).toBe(404)
})
