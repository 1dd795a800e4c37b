import type { EventStatistics } from '@pix/contracts/statistics.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { searches, searchFeedback } from '@pix/db/schema/searches.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { addSearch } from '../../testing/add-search.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { keepHours } from './keep-hours.ts'

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1'
type Headers = Record<string, string>

const visit = async (t: TestApp, eventId: string, headers: Headers = {}) =>
  (
    await t.app.inject({
      method: 'POST',
      url: `/api/events/${eventId}/visits`,
      headers: { 'user-agent': PHONE, ...headers },
    })
  ).statusCode
const statisticsOf = async (t: TestApp, eventId: string, headers: Headers) =>
  (await t.app.inject({ url: `/api/events/${eventId}/statistics`, headers })).json<EventStatistics>()

test('visits are counted by hour, also when the sweep is repeated; programs, crew and events that cannot be seen are not', async () => {
  await using t = await testApp()
  const [event, hidden, admin, customer] = [
    await t.event(),
    await t.event({ status: 'planning' }),
    await t.user('admin'),
    await t.user('customer'),
  ]
  expect(await visit(t, event.id)).toBe(204)
  expect(await visit(t, event.id, customer.headers)).toBe(204)
  expect(await visit(t, event.id, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })).toBe(204)
  expect(await visit(t, event.id, admin.headers)).toBe(204)
  expect(await visit(t, hidden.id)).toBe(404)
  await keepHours(t.system)
  await keepHours(t.system)
  expect((await statisticsOf(t, event.id, admin.headers)).total.visits).toBe(2)
  await visit(t, event.id)
  await keepHours(t.system)
  expect(await t.db.select({ visits: eventHours.visits }).from(eventHours)).toEqual([{ visits: 3 }])
})

test('what Redis lost is not taken away, and a counter of an event that is gone stops nothing', async () => {
  await using t = await testApp()
  const event = await t.event()
  for (let visits = 0; visits < 3; visits += 1) await visit(t, event.id)
  await keepHours(t.system)
  await t.deps.redis.flushdb()
  await visit(t, event.id)
  const [key] = await t.deps.redis.keys('event-hour:visits:*')
  await t.deps.redis.hincrby(key!, t.deps.newId(), 7)
  await keepHours(t.system)
  expect(await t.db.select({ visits: eventHours.visits }).from(eventHours)).toEqual([{ visits: 3 }])
})

test('searches are counted by how they ended and stay counted when they are forgotten', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const event = await t.event()
  const visitor = await t.visitor()
  const ended = [
    { found: 1, state: 'done', photoCount: 1 },
    { found: 0, state: 'done', photoCount: 1 },
    { found: 0, state: 'done', photoCount: 1 },
    { found: 0, state: 'failed', problemCode: 'no_face_found' },
    { found: 0, state: 'queued' },
    { found: 1, state: 'done', photoCount: 1, forObjection: true },
  ] as const
  const { id: photoId } = await t.photo(event.id, (await t.user('photographer')).id)
  for (const { found, ...end } of ended) {
    const photoIds = found > 0 ? [photoId] : []
    const who = { sessionId: visitor.sessionId, eventId: event.id, photoIds, band: 'sure' as const }
    const id = await addSearch(t, who)
    await t.db.update(searches).set(end).where(eq(searches.id, id))
  }
  for (const isMe of [true, false, false])
    await t.db
      .insert(searchFeedback)
      .values({ id: t.deps.newId(), eventId: event.id, distance: 0.4, band: 'maybe', isMe })
  await keepHours(t.system)
  await t.db.delete(searches)
  await keepHours(t.system)
  const { total, search } = await statisticsOf(t, event.id, headers)
  expect(total.searches).toBe(4)
  expect(search).toEqual({ found: 1, nothingFound: 2, failed: 1, isMe: 1, notMe: 2 })
})

test('a cart counts once for an event, however much is put into it; what was paid and what is unsold is read from orders', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const [nok, som] = [await t.user('photographer', { name: 'Nok' }), await t.user('photographer', { name: 'Som' })]
  const event = await t.event()
  const sold = await t.photo(event.id, nok.id)
  const others = [await t.photo(event.id, nok.id), await t.photo(event.id, nok.id), await t.photo(event.id, som.id)]
  const [buyer, paying] = [await t.visitor(), await t.visitor()]
  for (const { id } of others) {
    const payload = { photoIds: [id] }
    await t.app.inject({ method: 'POST', url: '/api/cart/items', headers: buyer.headers, payload })
  }
  await addPaidOrder(t.db, paying.sessionId, [sold])
  await keepHours(t.system)
  const found = await statisticsOf(t, event.id, headers)
  expect(found.total).toEqual({ visits: 0, searches: 0, carts: 1, paid: 1 })
  expect(found.photos).toEqual({ onSale: 4, sold: 1 })
  expect(found.photographers).toEqual([
    { id: nok.id, name: 'Nok', onSale: 3, sold: 1 },
    { id: som.id, name: 'Som', onSale: 1, sold: 0 },
  ])
})

test('the organizer of an event reads its statistics; to another one the event does not exist', async () => {
  await using t = await testApp()
  const [mine, other] = [await t.user('organizer'), await t.user('organizer')]
  const organize = async ({ id: userId }: { id: string }) => {
    const organizerId = t.deps.newId()
    await t.db.insert(organizers).values({ id: organizerId, name: 'Run Club', userId })
    return t.event({ organizerId })
  }
  const event = await organize(mine)
  await organize(other)
  const statusFor = async (headers: Headers) =>
    (await t.app.inject({ url: `/api/events/${event.id}/statistics`, headers })).statusCode
  expect([await statusFor(mine.headers), await statusFor(other.headers)]).toEqual([200, 404])
})
