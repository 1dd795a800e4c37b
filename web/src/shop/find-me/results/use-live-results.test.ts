import type { Match, Search } from '@pix/contracts/faces.ts'
import { effectScope } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import { useLiveResults } from './use-live-results.ts'

afterEach(() => vi.unstubAllGlobals())

const counts = (sure: number) => ({ sure, likely: 0, maybe: 0 })
const search = (sure: number, liveUntil: string | null): Search =>
  ({ id: 's', state: 'done', counts: counts(sure), liveUntil }) as Search
const soon = new Date(Date.now() + 60_000).toISOString()

/** The api: a stream that sends these states and then waits, and results with so many matches. */
function api(states: Search[], sure: number) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push(url)
    if (url.includes('/results')) {
      const items = Array.from({ length: sure }, (_, at) => ({ photo: { id: String(at) } }))
      return Response.json({ search: search(sure, soon), items })
    }
    const events = states.map(state => `data: ${JSON.stringify(state)}\n\n`).join('')
    return new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(events))
          init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
        },
      }),
    )
  })
  return asked
}

function run(from: Search) {
  const found: number[] = []
  const scope = effectScope()
  scope.run(() => useLiveResults(from, (matches: readonly Match[]) => found.push(matches.length)))
  return { found, stop: () => scope.stop() }
}

test('what is found while the page is open is handed over, once', async () => {
  const asked = api([search(1, soon), search(3, soon), search(3, soon)], 3)
  const { found, stop } = run(search(1, soon))
  await expect.poll(() => found).toEqual([3])
  expect(asked.filter(url => url.includes('/results'))).toHaveLength(1)
  stop()
})

test('a search whose time is over is not followed', () => {
  const asked = api([], 0)
  for (const until of [null, new Date(Date.now() - 1_000).toISOString()]) run(search(1, until)).stop()
  expect(asked).toEqual([])
})
