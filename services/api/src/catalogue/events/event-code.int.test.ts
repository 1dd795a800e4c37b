import type { Carts } from '@pix/contracts/cart.ts'
import type { EventForm } from '@pix/contracts/event-form.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { events } from '@pix/db/schema/events.ts'
import { thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { probe } from '../../testing/faces.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { hashCode } from './hash-code.ts'

type Headers = Record<string, string>

let t: TestApp
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_CODE_TRIES_PER_HOUR: '10' } })
})
afterAll(() => t[Symbol.asyncDispose]())

const CODE = 'School 2026'

/** An event by code with one photo on sale. */
async function scene() {
  const codeHash = await hashCode({ visibility: 'code' }, CODE, null)
  const event = await t.event({ visibility: 'code', category: 'school', codeHash })
  const photo = await t.photo(event.id, (await t.user('photographer')).id)
  const key = thumbnailKey(event.id, 'small', photo.id)
  await t.storage.put(MAIN_BUCKET, key, Buffer.from('picture'), { contentType: 'image/jpeg' })
  return { event, photo }
}

const give = (name: string, code: string, headers: Headers, remoteAddress = '192.0.2.7') =>
  t.app.inject({ method: 'POST', url: `/api/events/${name}/open`, payload: { code }, headers, remoteAddress })

/** What a visitor reads of an event, by status. */
async function reads({ event, photo }: Awaited<ReturnType<typeof scene>>, visitor: { headers: Headers }) {
  const get = async (url: string) => (await t.app.inject({ url, headers: visitor.headers })).statusCode
  const add = { method: 'POST', url: '/api/cart/items', payload: { photoIds: [photo.id] } } as const
  return {
    page: await get(`/api/events/${event.slug}`),
    photos: await get(`/api/events/${event.id}/photos`),
    layout: await get(`/api/events/${event.id}/photos/layout`),
    photo: await get(`/api/photos/${photo.id}`),
    packages: await get(`/api/events/${event.id}/packages`),
    picture: await get(`/media/${event.id}/small/${photo.id}.jpg`),
    cart: (await t.app.inject({ ...add, headers: visitor.headers })).statusCode,
    search: (await probe(t, visitor as Awaited<ReturnType<TestApp['visitor']>>, event.id)).statusCode,
  }
}
const HIDDEN = { page: 404, photos: 404, layout: 404, photo: 404, packages: 404, picture: 404, cart: 404, search: 404 }
const SHOWN = { page: 200, photos: 200, layout: 200, photo: 200, packages: 200, picture: 200, cart: 200, search: 202 }

test('an event by code is nowhere for who has not given its code, and whole for the visit that has', async () => {
  const made = await scene()
  const [visitor, other] = [await t.visitor(), await t.visitor()]
  expect(await reads(made, visitor)).toEqual(HIDDEN)
  expect((await give(made.event.slug, ' school-2026 ', visitor.headers)).statusCode).toBe(204)

  expect(await reads(made, visitor)).toEqual(SHOWN)
  expect(await reads(made, other)).toEqual(HIDDEN)
  for (const query of ['', '?text=run', '?category=school'])
    expect((await t.app.inject({ url: `/api/events${query}`, headers: visitor.headers })).json().items).toEqual([])
})

test('what a visit sees by a code is kept by no cache that others share', async () => {
  const { event, photo } = await scene()
  const { headers } = await t.visitor()
  await give(event.slug, CODE, headers)
  const kept = async (url: string) => (await t.app.inject({ url, headers })).headers['cache-control']
  expect(await kept(`/api/events/${event.slug}`)).toBe('private, no-cache')
  expect(await kept(`/media/${event.id}/small/${photo.id}.jpg`)).toBe('private, no-store')
})

test('a new code closes the event to who came with the old one, and their cart sells nothing of it', async () => {
  const made = await scene()
  const visitor = await t.visitor()
  await give(made.event.slug, CODE, visitor.headers)
  expect(await reads(made, visitor)).toEqual(SHOWN)
  const { headers } = await t.user('admin')
  const seen = (await t.app.inject({ url: `/api/admin/events/${made.event.id}`, headers })).json<EventForm>()
  const { id, status: _status, photoCount: _count, hasCode, ...more } = seen
  const { engineBound: _bound, keptDays: _days, logoUrl: _logo, coverPhotoId: _cover, ...fields } = more
  expect(hasCode).toBe(true)
  const payload = { ...fields, code: 'ANOTHER1' }
  const answer = await t.app.inject({ method: 'PUT', url: `/api/events/${id}`, payload, headers })
  expect(answer.statusCode).toBe(200)

  expect(await reads(made, visitor)).toEqual(HIDDEN)
  const carts = (await t.app.inject({ url: '/api/cart', headers: visitor.headers })).json<Carts>()
  expect(carts.items[0]!.events[0]!.items.map(({ available }) => available)).toEqual([false])
  expect((await give(made.event.slug, CODE, visitor.headers)).json().code).toBe('wrong_code')
  expect((await give(made.event.slug, 'another1', visitor.headers)).statusCode).toBe(204)
})

test('a wrong code, an event that is open to all and one that does not exist are answered alike', async () => {
  const { event } = await scene()
  const open = await t.event()
  const planned = await t.event({ visibility: 'code', status: 'open', codeHash: event.codeHash })
  const without = await t.event({ visibility: 'code' })
  const { headers } = await t.visitor()
  const answers = [
    await give(event.slug, 'WRONG-CODE', headers),
    ...(await Promise.all([open, planned, without].map(({ slug }) => give(slug, CODE, headers)))),
    await give('no-such-event', CODE, headers),
  ]
  for (const answer of answers) expect([answer.statusCode, answer.json().code]).toEqual([422, 'wrong_code'])
})

test('ten wrong codes an hour and network: the eleventh try is refused although it is right, at once or in turn', async () => {
  const { event } = await scene()
  const { headers } = await t.visitor()
  // Right ones are no tries against it.
  for (let round = 0; round < 12; round++) expect((await give(event.slug, CODE, headers)).statusCode).toBe(204)
  const wrong = await Promise.all(Array.from({ length: 14 }, () => give(event.slug, 'GUESSED', headers)))
  const by = (status: number) => wrong.filter(({ statusCode }) => statusCode === status).length
  expect([by(422), by(429)]).toEqual([10, 4])

  for (const name of [event.slug, event.id]) {
    const refused = await give(name, CODE, headers)
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000)
  }
  expect((await give(event.slug, CODE, headers, '192.0.2.8')).statusCode).toBe(204)
})

const FIELDS = {
  name: { th: 'งาน', en: 'School day' },
  category: 'school',
  venue: 'School',
  province: 'กรุงเทพมหานคร',
  startsAt: '2026-11-01T00:00:00Z',
  endsAt: '2026-11-01T06:00:00Z',
}

test('a school event is never public, a code is asked for, and no code is stored, answered or in the audit as it was typed', async () => {
  const { headers } = await t.user('admin')
  const post = (more: object) =>
    t.app.inject({ method: 'POST', url: '/api/events', payload: { ...FIELDS, ...more }, headers })
  const pathOf = async (more: object) => (await post(more)).json().errors[0].path
  expect(await pathOf({ slug: 'school-day' })).toBe('body.visibility')
  expect(await pathOf({ slug: 'school-day', visibility: 'code' })).toBe('body.code')
  expect(await pathOf({ slug: 'school-day', visibility: 'code', code: 'abc' })).toBe('body.code')
  const made = await post({ slug: 'school-day', visibility: 'code', code: 'Sunflower 9' })
  expect(made.statusCode).toBe(201)
  const { id } = made.json<{ id: string }>()
  const [row] = await t.db.select().from(events).where(eq(events.id, id))
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `event:${id}`))
  expect(lines).toHaveLength(1)
  expect(row!.codeHash).toMatch(/^\$argon2id\$/)
  expect(JSON.stringify([row, lines, made.json()])).not.toMatch(/sunflower/i)
  const broken = await t.db
    .update(events)
    .set({ visibility: 'public', codeHash: null })
    .where(eq(events.id, id))
    .catch(constraintOf)
  expect(broken).toBe('events_school_not_public')
})
