import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { CONSENT_VERSION, searchStatus } from '@pix/contracts/faces.ts'
import { createClient } from '@pix/contracts/client.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'

afterEach(() => vi.useRealTimers())

async function searching(t: TestApp) {
  const [visitor, event] = [await t.visitor(), await t.event()]
  const embedding = Array<number>(128).fill(0.1)
  const body = { eventId: event.id, consent: CONSENT_VERSION, modelVersion: 'm1', embedding, quality: 1 }
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/face/search/embedding',
    payload: body,
    headers: visitor.headers,
  })
  const id = answer.json().id as string
  const origin = await t.listen()
  const client = createClient({ baseUrl: `${origin}/api`, headers: () => visitor.headers })
  const move = async (state: 'processing' | 'done', hint = true) => {
    await t.db.update(searches).set({ state }).where(eq(searches.id, id))
    if (hint) await t.deps.live.publish(`search:${id}`)
  }
  return { id, origin, visitor, move, states: client.follow(searchStatus, { params: { id } }) }
}

test('a stream tells the state now, then at every hint the change, and ends with the last', async () => {
  await using t = await testApp()
  const { id, states, move } = await searching(t)
  vi.useFakeTimers({ toFake: ['setInterval'] }) // without a hint no row is read again

  expect((await states.next()).value).toMatchObject({ state: 'queued' })
  const subscribers = async () => (await t.deps.redis.pubsub('NUMSUB', `live:search:${id}`))[1]
  await expect.poll(subscribers).toBe(1)
  await move('processing')
  expect((await states.next()).value).toMatchObject({ state: 'processing' })
  await move('done')
  expect((await states.next()).value).toMatchObject({ state: 'done' })
  expect((await states.next()).done).toBe(true)
})

test('a change whose hint was lost is told within seconds', async () => {
  await using t = await testApp()
  const { states, move } = await searching(t)
  await states.next()
  await new Promise(resolve => setTimeout(resolve, 400)) // past the look that follows the subscription
  await move('done', false)
  expect((await states.next()).value).toMatchObject({ state: 'done' })
})

test('a stream is not buffered, not kept, and ends with a retry hint when the server stops', async () => {
  await using t = await testApp()
  const { id, origin, visitor } = await searching(t)
  const answer = await fetch(`${origin}/api/face/search/${id}/status`, {
    headers: { ...visitor.headers, accept: 'text/event-stream' },
  })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(answer.headers.get('x-accel-buffering')).toBe('no')
  expect(answer.headers.get('cache-control')).toBe('no-store')

  const pieces = answer.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
  let told = (await pieces.next()).value as string
  const closed = t.app.close()
  for await (const piece of pieces) told += piece
  await closed

  expect(told).toMatch(/^data: \{.*\}\n\nretry: \d+\n\n$/s)
})

test('a visitor has so many streams open at once and no more; one that ends makes room', async () => {
  await using t = await testApp({ settings: { LIMIT_OPEN_STREAMS: '2' } })
  const { id, origin, visitor } = await searching(t)
  const url = `${origin}/api/face/search/${id}/status`
  const opened: IncomingMessage[] = []
  // Not by fetch, which opens a spare connection for each that is broken off.
  const open = async () => {
    const asked = get(url, { agent: false, headers: { ...visitor.headers, accept: 'text/event-stream' } })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    opened.push(answer)
    return answer.statusCode
  }
  expect([await open(), await open(), await open()]).toEqual([200, 200, 429])
  expect(Number(opened[2]!.headers['retry-after'])).toBeGreaterThan(0)
  expect((await t.app.inject({ url: `/api/face/search/${id}/status`, headers: visitor.headers })).statusCode).toBe(200)

  opened[0]!.destroy()
  await expect.poll(open).toBe(200)
  for (const answer of opened) answer.destroy()
})
