import { photos } from '@pix/db/schema/photos.ts'
import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'

const FAILED = { state: 'failed', approval: 'pending', failure: 'timed_out', attempts: 3, processedAt: null } as const

test('who manages an event tries all its failed photos again at once, and no other photo', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [manager, photographer] = [await t.member(studio.id, 'manager'), await t.user('photographer')]
  const [event, other] = [await t.event({ studioId: studio.id }), await t.event({ studioId: studio.id })]
  for (let n = 0; n < 2; n++) await t.photo(event.id, photographer.id, FAILED)
  await t.photo(event.id, photographer.id)
  await t.photo(other.id, photographer.id, FAILED)
  const refused = { ...FAILED, approval: 'rejected', rejectReason: 'x' } as const
  await t.photo(event.id, photographer.id, refused)
  const gone = await t.photo(event.id, photographer.id, { ...refused, takenDownAt: new Date(), deletedAt: new Date() })
  const retry = (headers: Record<string, string>) =>
    t.app.inject({ method: 'POST', url: `/api/events/${event.id}/photos/retries`, headers })
  const states = async () =>
    (await t.db.select().from(photos).orderBy(asc(photos.id))).map(({ state, attempts }) => [state, attempts])

  const stranger = await t.member((await t.studio()).id, 'manager')
  expect((await retry(stranger.headers)).statusCode).toBe(404)
  expect((await retry(photographer.headers)).statusCode).toBe(403)
  expect((await states()).map(([state]) => state)).toEqual([
    'failed',
    'failed',
    'processed',
    'failed',
    'failed',
    'failed',
  ])

  const answer = await retry(manager.headers)
  expect([answer.statusCode, answer.json()]).toEqual([202, { queued: 2 }])
  expect(await states()).toEqual([
    ['queued', 0],
    ['queued', 0],
    ['processed', 0],
    ['failed', 3],
    ['failed', 3],
    ['failed', 3],
  ])
  expect((await retry(manager.headers)).json()).toEqual({ queued: 0 })
  const one = { method: 'POST', url: `/api/photos/${gone.id}/retry`, headers: photographer.headers } as const
  expect((await t.app.inject(one)).json().code).toBe('illegal_state')
})
