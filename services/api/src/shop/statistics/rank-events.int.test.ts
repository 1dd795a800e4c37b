import { eventHours } from '@pix/db/schema/statistics.ts'
import { expect, test } from 'vitest'
import { POPULAR_KEY, popularEvents } from '../../base/popular-events.ts'
import { testApp } from '../../testing/test-app.ts'
import { rankEvents } from './rank-events.ts'

const HOUR_MS = 3_600_000

test('events are ranked by the visits of the last 7 days, for an hour; one that nobody visited is not ranked', async () => {
  await using t = await testApp()
  const ids = []
  for (let made = 0; made < 4; made += 1) ids.push((await t.event()).id)
  const [few, many, before, none] = ids as [string, string, string, string]
  const hour = (back: number) => new Date(Math.floor(t.deps.now().getTime() / HOUR_MS - back) * HOUR_MS)
  await t.db.insert(eventHours).values([
    { eventId: few, hour: hour(1), visits: 3 },
    { eventId: many, hour: hour(1), visits: 2 },
    { eventId: many, hour: hour(6 * 24), visits: 2 },
    { eventId: before, hour: hour(7 * 24 + 1), visits: 90 },
    { eventId: none, hour: hour(1), found: 5 },
  ])
  expect(await popularEvents(t.system)).toEqual([])
  await rankEvents(t.system)
  expect(await popularEvents(t.system)).toEqual([many, few])
  expect(await t.deps.redis.ttl(POPULAR_KEY)).toBeGreaterThan(3_500)

  const { items } = (await t.app.inject({ url: '/api/events?order=popular&limit=2' })).json()
  expect(items.map(({ id }: { id: string }) => id)).toEqual([many, few])
})
