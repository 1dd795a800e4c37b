import { listPeople } from '@pix/contracts/people.ts'
import { newId } from '@pix/db/ids.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { previewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { photoWithFace } from '../../../testing/faces.ts'

type PeoplePage = z.output<(typeof listPeople.schema.response)[200]>

async function scene(t: TestApp) {
  const [admin, photographer, event] = [await t.user('admin'), await t.user('photographer'), await t.event()]
  const get = (query = '', headers: object = admin.headers) =>
    t.app.inject({ url: `/api/events/${event.id}/people${query}`, headers: headers as Record<string, string> })
  const ask = (headers: object = admin.headers, eventId = event.id) =>
    t.app.inject({
      method: 'POST',
      url: '/api/face/group',
      payload: { eventId },
      headers: headers as Record<string, string>,
    })
  /** As the worker leaves it: a face of this person in each of so many photos. */
  const person = async (photoCount: number) => {
    const made = []
    for (let i = 0; i < photoCount; i++) made.push(await photoWithFace(t, event.id, photographer.id))
    const id = made[0]!.faceId
    for (const { faceId } of made) await t.db.update(faces).set({ personId: id }).where(eq(faces.id, faceId))
    return { id, made }
  }
  return { admin, photographer, event, get, ask, person }
}

test('an admin asks for the people of an event: it is on record, and its job is enqueued', async () => {
  await using t = await testApp()
  const { admin, event, get, ask } = await scene(t)
  expect((await get()).json()).toMatchObject({ items: [], grouping: { state: 'not_asked', people: 0, faces: 0 } })

  const answer = await ask()

  expect(answer.statusCode).toBe(202)
  expect(answer.json()).toEqual({ state: 'waiting', groupedAt: null, people: 0, faces: 0 })
  expect(await t.db.select().from(eventPeople)).toMatchObject([{ eventId: event.id, askedBy: admin.id, attempts: 0 }])
  expect(await t.deps.enqueue.keys(groupFaces)).toContain(event.id)
  const [audited] = await t.db.select().from(auditEvents)
  expect(audited).toMatchObject({ actorId: admin.id, action: 'faces.group', subject: `event:${event.id}` })
  expect((await ask()).statusCode).toBe(202)
})

test('nobody but an admin asks for them, sees them or sees a face', async () => {
  await using t = await testApp()
  const { event, get, ask, person, photographer } = await scene(t)
  const { id } = await person(1)
  const others = [photographer.headers, (await t.user('organizer')).headers, (await t.visitor()).headers, {}]
  for (const headers of others) {
    const face = await t.app.inject({
      url: `/media/${event.id}/faces/${id}.jpg`,
      headers: headers as Record<string, string>,
    })
    for (const answer of [await ask(headers), await get('', headers), face])
      expect([401, 403]).toContain(answer.statusCode)
  }
  expect(await t.db.select().from(eventPeople)).toEqual([])
})

test('without a basis on record nothing is grouped, and what was is not shown', async () => {
  await using t = await testApp()
  const { event, get, ask, person } = await scene(t)
  await person(2)
  const off = { faceSearchWording: null, faceSearchAt: null, faceSearchBy: null }
  await t.db.update(events).set(off).where(eq(events.id, event.id))
  expect((await ask()).json().code).toBe('face_search_off')
  expect((await get()).json().items).toEqual([])
  expect((await ask(undefined, newId())).statusCode).toBe(404)
})

test('those in most photos come first, page by page', async () => {
  await using t = await testApp()
  const { get, person } = await scene(t)
  const [twice, once, again, thrice] = [await person(2), await person(1), await person(1), await person(3)]
  const wanted = [thrice.id, twice.id, ...[once.id, again.id].sort()]
  const seen: PeoplePage['items'] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: PeoplePage = (await get(`?limit=1${cursor && `&cursor=${cursor}`}`)).json()
    seen.push(...page.items)
    cursor = page.nextCursor
    expect(page.grouping).toMatchObject({ people: 4, faces: 7 })
  }
  expect(seen.map(person => person.id)).toEqual(wanted)
  expect(seen[0]).toMatchObject({ photoCount: 3, faceCount: 3 })
  expect((await get('?cursor=xyz')).json().code).toBe('invalid_request')
})

test('a photo rejected or deleted takes its faces out at once, and its person with the last of them', async () => {
  await using t = await testApp()
  const { get, person } = await scene(t)
  const { id, made } = await person(2)
  const [first, second] = made.map(({ photo }) => photo.id)
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, first!))
  expect((await get()).json().items).toMatchObject([{ id, photoCount: 1, faceId: made[1]!.faceId }])
  await t.db.delete(photos).where(eq(photos.id, second!))
  expect((await get()).json()).toMatchObject({ items: [], grouping: { people: 0, faces: 0 } })
})

test('photos that came or went since are waited for; after three failures somebody must ask again', async () => {
  await using t = await testApp()
  const { event, get, ask } = await scene(t)
  await ask()
  const set = (row: Partial<typeof eventPeople.$inferInsert>) => t.db.update(eventPeople).set(row)
  const state = async () => (await get()).json().grouping.state
  await set({ revision: event.indexRevision, groupedAt: new Date() })
  expect(await state()).toBe('grouped')
  await t.db.update(events).set({ indexRevision: event.indexRevision + 1 })
  expect(await state()).toBe('waiting')
  await set({ attempts: 3 })
  expect(await state()).toBe('failed')
  expect((await ask()).json().state).toBe('waiting')
})

test('a face is cut from the watermarked preview, 150 px wide, and kept nowhere', async () => {
  await using t = await testApp()
  const { admin, event, person } = await scene(t)
  const { id, made } = await person(1)
  const [left, right] = ['#ff0000', '#0000ff'].map(background => ({
    width: 400,
    height: 600,
    channels: 3 as const,
    background,
  }))
  const preview = sharp({ create: { ...left!, width: 800 } }).composite([
    { input: await sharp({ create: right! }).png().toBuffer(), left: 400, top: 0 },
  ])
  const bytes = await preview.jpeg().toBuffer()
  await t.storage.put(MAIN_BUCKET, previewKey(event.id, made[0]!.photo.id), bytes, { contentType: 'image/jpeg' })
  await t.db.update(faces).set({ x: 0.7, y: 0.6, width: 0.1, height: 0.1 }).where(eq(faces.id, id))
  const get = (faceId: string) =>
    t.app.inject({ url: `/media/${event.id}/faces/${faceId}.jpg`, headers: admin.headers })

  const answer = await get(id)

  expect(answer.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'private, no-store' })
  const { width, height } = await sharp(answer.rawPayload).metadata()
  expect([width, height]).toEqual([150, 150])
  const { dominant } = await sharp(answer.rawPayload).stats()
  expect(dominant.b).toBeGreaterThan(200)
  expect((await get('-'.repeat(36))).statusCode).toBe(404)
  expect(dominant.r).toBeLessThan(40)
  expect((await get(newId())).statusCode).toBe(404)
})

test.each([
  ['left', -0.03, 0.4],
  ['right', 0.95, 0.4],
  ['top', 0.4, -0.05],
  ['bottom', 0.4, 0.93],
  ['corner', -0.02, 0.93],
])('a face at the picture’s edge stays in the middle of its cut: %s', async (_, x, y) => {
  await using t = await testApp()
  const { admin, event, person } = await scene(t)
  const { id, made } = await person(1)
  const [width, height] = [800, 600]
  const box = { left: x * width, top: y * height, right: (x + 0.08) * width, bottom: (y + 0.12) * height }
  const [left, top] = [Math.max(0, Math.round(box.left)), Math.max(0, Math.round(box.top))]
  const size = {
    width: Math.round(Math.min(width, box.right)) - left,
    height: Math.round(Math.min(height, box.bottom)) - top,
  }
  const face = await sharp({ create: { ...size, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer()
  const preview = sharp({ create: { width, height, channels: 3, background: '#808080' } })
  const bytes = await preview
    .composite([{ input: face, left, top }])
    .jpeg()
    .toBuffer()
  await t.storage.put(MAIN_BUCKET, previewKey(event.id, made[0]!.photo.id), bytes, { contentType: 'image/jpeg' })
  await t.db.update(faces).set({ x, y, width: 0.08, height: 0.12 }).where(eq(faces.id, id))

  const answer = await t.app.inject({ url: `/media/${event.id}/faces/${id}.jpg`, headers: admin.headers })

  const cut = sharp(answer.rawPayload)
  const facts = await cut.metadata()
  expect([facts.width, facts.height]).toEqual([150, 150])
  const middle = await cut.extract({ left: 71, top: 71, width: 8, height: 8 }).raw().toBuffer()
  const [red, green] = [0, 1].map(channel => middle.filter((__, at) => at % 3 === channel))
  expect(Math.min(...green!)).toBeGreaterThan(200)
  expect(Math.max(...red!)).toBeLessThan(60)
})

test('a person opens into the photos that count for them, each once, page by page, for admins alone', async () => {
  await using t = await testApp()
  const { admin, event, photographer, person } = await scene(t)
  const [first, other] = [await person(3), await person(1)]
  const get = (id: string, query = '', headers: Record<string, string> = admin.headers) =>
    t.app.inject({ url: `/api/events/${event.id}/people/${id}/photos${query}`, headers })
  const ids = first.made.map(({ photo }) => photo.id).toSorted()

  const page = (await get(first.id, '?limit=2')).json()
  const rest = (await get(first.id, `?limit=2&cursor=${page.nextCursor}`)).json()
  expect([...page.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual(ids)
  expect(rest.nextCursor).toBeNull()

  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' }).where(eq(photos.id, ids[0]!))
  expect((await get(first.id)).json().items).toHaveLength(2)
  await t.db.delete(photos).where(eq(photos.id, other.made[0]!.photo.id))
  for (const id of [other.id, newId()]) expect((await get(id)).statusCode).toBe(404)
  expect((await get(first.id, '', photographer.headers)).statusCode).toBe(403)
})
