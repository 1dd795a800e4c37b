import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useReview } = await import('./use-review.ts')

let asked: Asked[]
let page: ReturnType<typeof browserEvents>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  asked = apiByHand()
  page = browserEvents()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const photo = (id: string, approval: ReviewPhoto['approval'] = 'pending') =>
  ({ id, approval, takenAt: '2026-11-14T10:00:00.000Z' }) as ReviewPhoto
const answer = (at: string, ...photos: ReviewPhoto[]) => ({ at, photos, total: 1, photographers: [], coming: 0 })
async function pause() {
  vi.advanceTimersByTime(4_000)
  await settled()
}

function open() {
  const scope = effectScope()
  const review = scope.run(() => useReview('event'))!
  const approvals = () => [...review.photos.value.values()].map(({ approval }) => approval)
  return { ...review, approvals, [Symbol.dispose]: () => scope.stop() }
}

test('on a slow line the next look waits for the answer to the one before, which would be the older of two', async () => {
  using review = open()
  await asked[0]!.answer(answer('first', photo('a')))
  await pause()
  await pause()
  await pause()
  expect(asked.map(({ query }) => query['since'])).toEqual([undefined, 'first'])
  await asked[1]!.answer(answer('second', photo('a', 'approved')))
  await pause()
  expect([review.approvals(), asked[2]!.query['since']]).toEqual([['approved'], 'second'])
})

test('a look that fails changes nothing on the page, and the next one asks from the same instant', async () => {
  using review = open()
  await asked[0]!.answer(answer('first', photo('a')))
  await pause()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect([review.status.value, review.approvals()]).toEqual(['loaded', ['pending']])
  await pause()
  expect(asked[2]!.query).toEqual({ since: 'first' })
})

test('photos that did not come are asked for again when the net is back, and are said until then', async () => {
  using review = open()
  await asked[0]!.breaks()
  expect([review.status.value, review.fault.value]).toEqual(['failed', expect.stringMatching(/\S/)])
  await pause()
  expect(asked).toHaveLength(1)
  await page.goOnline()
  await asked[1]!.answer(answer('first', photo('a')))
  expect([review.status.value, review.approvals(), review.fault.value]).toEqual(['loaded', ['pending'], undefined])
})

test('a page that was left takes no answer and asks no more', async () => {
  const review = open()
  await asked[0]!.answer(answer('first', photo('a')))
  await pause()
  review[Symbol.dispose]()
  expect(asked[1]!.isAborted).toBe(true)
  await pause()
  expect([review.approvals(), asked.length]).toEqual([['pending'], 2])
})
