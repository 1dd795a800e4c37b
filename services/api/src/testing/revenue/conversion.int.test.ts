import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../paid-order.ts'
import { testApp } from '../test-app.ts'

test('revenue goes from visits to searches, carts and orders: by the days of Bangkok, of a studio, and of one event alone', async () => {
  await using t = await testApp()
  const [shown, beside, others] = [await t.event(), await t.event(), await t.event({ studioId: (await t.studio()).id })]
  const hour = (eventId: string, at: string, visits: number) =>
    t.db
      .insert(eventHours)
      .values({ eventId, hour: new Date(at), visits, found: 5, nothingFound: 2, failed: 1, carts: 3 })
  await hour(shown.id, '2026-03-04T16:00:00Z', 1_000)
  await hour(shown.id, '2026-03-04T17:00:00Z', 40)
  await hour(shown.id, '2026-03-05T16:00:00Z', 2)
  await hour(shown.id, '2026-03-05T17:00:00Z', 1_000)
  await hour(beside.id, '2026-03-05T03:00:00Z', 100)
  await hour(others.id, '2026-03-05T03:00:00Z', 10_000)
  const manager = await t.member(HOUSE_STUDIO, 'manager')
  const read = async (path: string) =>
    (await t.app.inject({ url: `/api/revenue/${path}from=2026-03-05&to=2026-03-05`, headers: manager.headers })).json()
      .conversion
  const none = { placed: 0, paid: 0 }
  expect(await read(`events/${shown.id}?`)).toEqual({ visits: 42, searches: 16, carts: 6, ...none })
  expect(await read(`summary?studio=${HOUSE_STUDIO}&`)).toEqual({ visits: 142, searches: 24, carts: 9, ...none })
  const admin = await t.user('admin')
  const all = await t.app.inject({
    url: '/api/revenue/summary?from=2026-03-05&to=2026-03-05',
    headers: admin.headers,
  })
  expect(all.json().conversion).toMatchObject({ visits: 10_142 })

  const { id: photographerId } = await t.user('photographer')
  const photo = { ...(await t.photo(shown.id, photographerId)), eventId: shown.id, photographerId }
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [photo])
  const days = 'from=2020-01-01&to=2099-01-01'
  const now = await t.app.inject({ url: `/api/revenue/events/${shown.id}?${days}`, headers: manager.headers })
  expect(now.json().conversion).toMatchObject({ visits: 2_042, placed: 1, paid: 1 })
})
