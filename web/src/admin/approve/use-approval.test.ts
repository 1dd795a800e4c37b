import type { CrewPhoto } from '@pix/contracts/photos.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useApproval } from './use-approval.ts'

/** The api's list of waiting photos, by arrival, as it answers page by page: a cursor names the last photo before it. */
let waiting: number[]

async function answer(url: string): Promise<Response> {
  const query = new URL(url, 'http://shop').searchParams
  const [limit, after] = [Number(query.get('limit')), Number(query.get('cursor') ?? 0)]
  const rest = waiting.filter(id => id > after)
  const items = rest.slice(0, limit).map(id => ({ id: String(id), approval: 'pending' }) as CrewPhoto)
  const nextCursor = rest.length > limit ? items.at(-1)?.id : null
  return Response.json({ items, nextCursor, counts: { pending: waiting.length } })
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', answer)
  vi.stubGlobal('document', { visibilityState: 'visible' })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1)

test('of more than a hundred waiting photos, those that come later appear by themselves as well', async () => {
  waiting = upTo(150)
  const scope = effectScope()
  const { photos, loadMore } = scope.run(() => useApproval('e'))!
  await vi.advanceTimersByTimeAsync(100)
  await loadMore()
  expect(photos.value).toHaveLength(150)

  waiting = upTo(153)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(photos.value.map(photo => Number(photo.id))).toEqual(upTo(153))

  // More than a page at once, and the first ones decided meanwhile.
  waiting = upTo(390).slice(120)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(photos.value).toHaveLength(320)
  await loadMore()
  expect(photos.value.map(photo => Number(photo.id))).toEqual(upTo(390))
  scope.stop()
})
