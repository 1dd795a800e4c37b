import type { EventSummary } from '@pix/contracts/events.ts'
import { expect, test } from 'vitest'
import { POPULAR_KEY } from '../../../base/popular-events.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const BANGKOK = '+07:00'
const at = (time: string) => ({ startsAt: new Date(time + BANGKOK), endsAt: new Date(time + BANGKOK) })

async function list(t: TestApp, query: string) {
  const answer = await t.app.inject({ url: `/api/events?${query}` })
  const { items, nextCursor } = answer.json<{ items?: EventSummary[]; nextCursor: string | null }>()
  return { status: answer.statusCode, ids: (items ?? []).map(({ id }) => id), nextCursor }
}

test('events are narrowed to days of Bangkok, both included, and to a status', async () => {
  await using t = await testApp()
  const [before, first, last, after] = [
    await t.event(at('2026-05-01T23:59:59')),
    await t.event(at('2026-05-02T00:00:00')),
    await t.event({ ...at('2026-05-03T23:59:59'), status: 'closed' }),
    await t.event(at('2026-05-04T00:00:00')),
  ].map(({ id }) => id)

  expect((await list(t, 'from=2026-05-02&to=2026-05-03')).ids).toEqual([last, first])
  expect((await list(t, 'from=2026-05-03')).ids).toEqual([after, last])
  expect((await list(t, 'to=2026-05-01')).ids).toEqual([before])
  expect((await list(t, 'status=closed')).ids).toEqual([last])
  expect((await list(t, 'status=planning')).ids).toEqual([])
  expect((await list(t, 'from=2026-02-30')).status).toBe(422)
  expect((await list(t, 'status=gone')).status).toBe(422)
})

test('popular events come first by their rank and the others newest first, page by page, each once', async () => {
  await using t = await testApp()
  const [oldest, old, recent, newest, hidden] = [
    await t.event(at('2026-05-01T08:00:00')),
    await t.event(at('2026-05-02T08:00:00')),
    await t.event(at('2026-05-03T08:00:00')),
    await t.event(at('2026-05-04T08:00:00')),
    await t.event({ ...at('2026-05-05T08:00:00'), visibility: 'link' }),
  ].map(({ id }) => id)
  const rank = (...ids: (string | undefined)[]) => t.deps.redis.set(POPULAR_KEY, JSON.stringify(ids))

  expect((await list(t, 'order=popular')).ids).toEqual([newest, recent, old, oldest])
  await rank(old, hidden, t.deps.newId(), oldest)
  const shown: string[] = []
  let cursor: string | null = ''
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(
      t,
      `order=popular&limit=1${cursor && `&cursor=${cursor}`}`,
    )
    shown.push(...page.ids)
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(shown).toEqual([old, oldest, newest, recent])
  expect((await list(t, 'limit=1')).ids).toEqual([newest])

  const ofNewest = await list(t, 'limit=1')
  expect((await list(t, `order=popular&cursor=${ofNewest.nextCursor}`)).status).toBe(422)
  const ofPopular = await list(t, 'order=popular&limit=1')
  expect((await list(t, `cursor=${ofPopular.nextCursor}`)).status).toBe(422)
})
