import { ProblemError } from '@pix/contracts/client.ts'
import { paymentStatus } from '@pix/contracts/payments.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { followOrPoll } from './follow-or-poll.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status })
const stream = (...states: string[]) => new Response(states.map(state => `data: {"state":"${state}"}\n\n`).join(''))
/** As fetch does it: nothing comes, and aborting breaks it off. */
const silence = (signal?: AbortSignal | null) =>
  new Response(
    new ReadableStream({
      start: controller => signal?.addEventListener('abort', () => controller.error(new Error('aborted'))),
    }),
  )

const wantsStream = (init?: RequestInit) => new Headers(init?.headers).get('accept') === 'text/event-stream'
const done = ({ state }: { state: string }) => state === 'completed'

/** A `fetch` in place of the api: `live` answers requests for a stream, `asked` all others. */
function api(live: (signal?: AbortSignal | null) => Response | Promise<Response>, asked: () => Response) {
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => (wantsStream(init) ? live(init?.signal) : asked()))
}

async function statesOf(pollMs = 1): Promise<string[]> {
  const { signal } = new AbortController()
  const seen: string[] = []
  for await (const { state } of followOrPoll(paymentStatus, { params: { id: 'p' } }, { signal, pollMs, done }))
    seen.push(state)
  return seen
}

test('the live stream is enough where it works', async () => {
  api(
    () => stream('pending', 'completed'),
    () => json(500, {}),
  )
  expect(await statesOf()).toEqual(['pending', 'completed'])
})

test('where there is no stream the page asks until it is paid', async () => {
  vi.useFakeTimers()
  const answers = ['pending', 'pending', 'completed']
  api(
    () => json(503, {}),
    () => json(200, { state: answers.shift() }),
  )
  let seen: string[] = []
  void statesOf().then(states => (seen = states))
  for (let ms = 0; ms < 1_000; ms += 1) await vi.advanceTimersByTimeAsync(1)
  expect(seen.at(-1)).toBe('completed')
})

test('a stream that ends too early is taken up again and nothing is lost', async () => {
  const streams = [stream('pending'), stream('completed')]
  api(
    () => streams.shift() ?? json(500, {}),
    () => json(200, { state: 'pending' }),
  )
  expect((await statesOf()).at(-1)).toBe('completed')
})

test('a stream held back by something between us gives way to asking', async () => {
  vi.useFakeTimers()
  api(
    signal => silence(signal),
    () => json(200, { state: 'completed' }),
  )
  const seen = statesOf()
  await vi.advanceTimersByTimeAsync(6_000)
  expect((await Promise.race([seen, Promise.resolve(['still silent'])])).at(-1)).toBe('completed')
})

test("where streams break at once, a minute of asking stays well within the api's limit of 100", async () => {
  vi.useFakeTimers()
  let requests = 0
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    requests += 1
    return wantsStream(init) ? stream() : json(200, { state: 'pending' })
  })
  void statesOf(1_000)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(requests).toBeGreaterThan(10)
  expect(requests).toBeLessThan(40)
})

test('an api that asks for patience is not asked sooner, and the answer still comes', async () => {
  vi.useFakeTimers()
  let asked = 0
  vi.stubGlobal('fetch', async () => {
    asked += 1
    if (asked > 2) return json(200, { state: 'completed' })
    return new Response('{"code":"rate_limited","status":429}', { status: 429, headers: { 'retry-after': '20' } })
  })
  const seen = statesOf(1_000)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(asked).toBe(2)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await seen).toEqual(['completed'])
})

test('what does not exist is said, not asked for again', async () => {
  api(
    () => json(404, { code: 'not_found', status: 404 }),
    () => json(404, { code: 'not_found', status: 404 }),
  )
  await expect(statesOf()).rejects.toBeInstanceOf(ProblemError)
})
