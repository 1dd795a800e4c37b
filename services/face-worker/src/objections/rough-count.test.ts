import { expect, test } from 'vitest'
import { roughCounts } from './rough-count.ts'

/** So many uses, with each of which five come. @returns how often was counted, and the largest share that was missed */
async function use(times: number, atFirst: number) {
  const [counts, seen] = [roughCounts(), { counted: 0, missed: 0 }]
  for (let there = atFirst; there < atFirst + times * 5; there += 5) {
    const count = await counts('event', async () => ((seen.counted += 1), there))
    seen.missed = Math.max(seen.missed, (there - count) / Math.max(1, there))
  }
  return seen
}

test('few are counted every time', async () => {
  expect(await use(10, 0)).toEqual({ counted: 10, missed: 0 })
})

test('many are counted the more rarely the more there are, and hardly any is missed', async () => {
  const [thousands, more] = [await use(2_000, 10_000), await use(2_000, 100_000)]
  expect(thousands.counted).toBeLessThan(10)
  expect(more.counted).toBe(1)
  expect(Math.max(thousands.missed, more.missed)).toBeLessThan(0.1)
})

test('of each key for itself', async () => {
  const counts = roughCounts()
  expect([await counts('a', async () => 1_000), await counts('b', async () => 5)]).toEqual([1_000, 5])
})
