import { once } from 'node:events'
import { type IncomingMessage, request, type RequestOptions } from 'node:http'
import { FACE_SEARCH_CONSENT, searchStatus } from '@pix/contracts/faces.ts'
import { createClient } from '@pix/contracts/client.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { buildApp } from '../app.ts'
import { embedding, MODEL } from '../testing/faces.ts'
import { cuttableWire, through } from '../testing/outage.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import { countStreams, streamState } from './streams.ts'

afterEach(() => vi.useRealTimers())

async function askSearch(t: TestApp) {
  const [visitor, event] = [await t.visitor(), await t.event()]
  const body = { eventId: event.id, consent: FACE_SEARCH_CONSENT.th, modelVersion: MODEL, embedding, quality: 1 }
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/face/search/embedding',
    payload: body,
    headers: visitor.headers,
  })
  return { id: answer.json().id as string, visitor }
}

async function searching(t: TestApp) {
  const { id, visitor } = await askSearch(t)
  const origin = await t.listen()
  const client = createClient({ baseUrl: `${origin}/api`, headers: () => visitor.headers })
  const move = async (state: 'processing' | 'done', hint = true) => {
    await t.db.update(searches).set({ state }).where(eq(searches.id, id))
    if (hint) await t.deps.live.publish(`search:${id}`)
  }
  return { id, origin, visitor, move, states: client.follow(searchStatus, { params: { id } }) }
}

test('a stream sends the state now, then the change at every hint, and ends with the last', async () => {
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

test('a change whose hint was lost is sent at the next round', async () => {
  await using t = await testApp({ settings: { STREAM_ROUND_SECONDS: '1' } })
  const { states, move } = await searching(t)
  await states.next()
  await move('done', false)
  expect((await states.next()).value).toMatchObject({ state: 'done' })
})

test('while no hints can arrive, a change is still sent, long before the next round', async () => {
  await using redis = await testRedis()
  const server = new URL(redis.url)
  await using wire = await cuttableWire({ host: server.hostname, port: Number(server.port) })
  await using t = await testApp({ redisUrl: through(redis.url, wire), settings: { STREAM_ROUND_SECONDS: '86400' } })
  const { states, move } = await searching(t)
  await states.next()
  wire.cut()
  await move('done')
  expect((await states.next()).value).toMatchObject({ state: 'done' })
})

/** Sends a request and waits for the head of its answer. Not by fetch, which opens a spare connection for each that is broken off. */
async function headOf(url: string, options: RequestOptions): Promise<IncomingMessage> {
  const [answer] = (await once(request(url, { agent: false, ...options }).end(), 'response')) as [IncomingMessage]
  return answer
}

test('HEAD of a stream is answered at once and follows nothing', async () => {
  await using t = await testApp()
  const { id, origin, visitor } = await searching(t)
  const headers = { ...visitor.headers, accept: 'text/event-stream' }
  const answer = await headOf(`${origin}/api/face/search/${id}/status`, { method: 'HEAD', headers })
  expect(answer.headers['content-type']).toContain('application/json')
  answer.resume()
  await once(answer, 'end')
  expect(countStreams(t.app)).toEqual({ streams: 0, topics: 0 })
})

test('a client that goes away leaves nothing behind: no stream, no topic, no subscription', async () => {
  await using t = await testApp()
  const { id, origin, visitor } = await searching(t)
  const headers = { ...visitor.headers, accept: 'text/event-stream' }
  const answer = await headOf(`${origin}/api/face/search/${id}/status`, { headers })
  expect(countStreams(t.app)).toEqual({ streams: 1, topics: 1 })
  answer.destroy()
  await expect.poll(() => countStreams(t.app)).toEqual({ streams: 0, topics: 0 })
  await expect.poll(async () => (await t.deps.redis.pubsub('NUMSUB', `live:search:${id}`))[1]).toBe(0)
})

test('open streams hold no connection to the database, however many more of them there are than connections', async () => {
  await using t = await testApp({ settings: { LIMIT_OPEN_STREAMS: '1000' } })
  const { id, origin, visitor } = await searching(t)
  const pool = t.db.$client
  const headers = { ...visitor.headers, accept: 'text/event-stream' }
  const opened: IncomingMessage[] = []
  for (let n = 0; n < 3 * pool.options.max; n += 1)
    opened.push(await headOf(`${origin}/api/face/search/${id}/status`, { headers }))
  expect(countStreams(t.app).streams).toBe(3 * pool.options.max)
  await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
  expect(pool.waitingCount).toBe(0)
  for (const answer of opened) answer.destroy()
})

test('streams of one topic share each read, and a round over rows that did not change reads none of them', async () => {
  await using t = await testApp({ settings: { STREAM_ROUND_SECONDS: '1' } })
  const app = await buildApp(t.deps)
  const asked = { reads: 0, rounds: 0 }
  let state = 'waiting'
  app.get('/api/followed', { schema: { hide: true } }, async (request, reply) =>
    streamState(request, reply, {
      topic: 'search:shared',
      owner: 'one',
      read: async () => ({ state, reads: (asked.reads += 1) * 0 }),
      stamps,
      done: now => now.state === 'done',
    }),
  )
  const stamps = async (ids: readonly string[]) => {
    asked.rounds += 1
    return new Map(ids.map(id => [id, 'unchanged']))
  }
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const accept = { accept: 'text/event-stream' }
  const streams = await Promise.all(
    Array.from({ length: 10 }, () => headOf(`${origin}/api/followed`, { headers: accept })),
  )
  expect(countStreams(app)).toEqual({ streams: 10, topics: 1 })
  const rounds = asked.rounds
  await expect.poll(() => asked.rounds, { timeout: 30_000 }).toBeGreaterThan(rounds + 2)
  // Each stream's own first read, and one at the first round.
  expect(asked.reads).toBe(11)

  state = 'done'
  await t.deps.live.publish('search:shared')
  await Promise.all(streams.map(stream => once(stream.resume(), 'end')))
  expect(asked.reads).toBe(12)
  await app.close()
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
  let received = (await pieces.next()).value as string
  const closed = t.app.close()
  for await (const piece of pieces) received += piece
  await closed

  expect(received).toMatch(/^data: \{.*\}\n\nretry: \d+\n\n$/s)
})

test('a visitor has so many streams open at once and no more; one that ends makes room', async () => {
  await using t = await testApp({ settings: { LIMIT_OPEN_STREAMS: '2' } })
  const { id, origin, visitor } = await searching(t)
  const url = `${origin}/api/face/search/${id}/status`
  const opened: IncomingMessage[] = []
  const open = async () => {
    const answer = await headOf(url, { headers: { ...visitor.headers, accept: 'text/event-stream' } })
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

test('a network has so many streams open at once, of all its visitors together', async () => {
  await using t = await testApp({ settings: { LIMIT_IP_OPEN_STREAMS: '2' } })
  const origin = await t.listen()
  const opened: IncomingMessage[] = []
  const open = async () => {
    const { id, visitor } = await askSearch(t)
    const headers = { ...visitor.headers, accept: 'text/event-stream' }
    const answer = await headOf(`${origin}/api/face/search/${id}/status`, { headers })
    opened.push(answer)
    return answer.statusCode
  }
  expect([await open(), await open(), await open()]).toEqual([200, 200, 429])
  for (const answer of opened) answer.destroy()
})

/** More than what the sockets of both ends hold. */
const LARGE = 16_000_000

test('a stream beats every 15 s, and a client that takes nothing from one beat to the next is cut off', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  await using t = await testApp()
  const app = await buildApp(t.deps)
  app.get('/api/followed', { schema: { hide: true } }, async (request, reply) =>
    streamState(request, reply, {
      topic: 'search:beating',
      owner: 'one',
      read: async () => ({ state: 'large', text: 'x'.repeat(LARGE) }),
      stamps: async () => new Map<string, string>(),
      done: () => false,
    }),
  )
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const open = () => headOf(`${origin}/api/followed`, { headers: { accept: 'text/event-stream' } })
  const [reader, idler] = [await open(), await open()]
  let received = ''
  let bytes = 0
  reader.on('data', (piece: Buffer) => {
    bytes += piece.length
    received = piece.toString().slice(-20)
  })
  await expect.poll(() => bytes).toBeGreaterThan(LARGE)
  expect(received).toMatch(/\n\n$/)
  expect(countStreams(app).streams).toBe(2)

  vi.advanceTimersByTime(15_000)
  await expect.poll(() => received).toMatch(/: \n\n$/)
  expect(countStreams(app).streams).toBe(2)
  vi.advanceTimersByTime(15_000)
  await expect.poll(() => countStreams(app).streams).toBe(1)
  for (const answer of [reader, idler]) answer.destroy()
  await app.close()
})
