import { beforeAll, describe, expect, it } from 'vitest'
import { createEventIndex } from './event-index.ts'
import type { EventIndex } from './event-index.ts'
import { createIndexCache } from './index-cache.ts'
import { randomEmbedding, randomSource } from './testing.ts'

function indexOf(faces: number) {
  const random = randomSource(faces)
  const index = createEventIndex({ modelVersion: 'test-1' })
  const face = (n: number) => ({ faceId: `f${n}`, photoId: `p${n}`, quality: 1, embedding: randomEmbedding(random) })
  index.add(Array.from({ length: faces }, (_, n) => face(n)))
  return index
}

// The first index of a machine compiles the kernel.
beforeAll(() => void indexOf(1), 300_000)

describe('index cache', () => {
  it('drops the least recently used index when the budget is exceeded, and keeps the one just taken', async () => {
    const one = indexOf(64).bytes
    const cache = createIndexCache(one * 2, async () => indexOf(64))
    await cache.take('a')
    await cache.take('b')
    await cache.take('a')
    await cache.take('c')
    expect(cache.eventIds).toEqual(['a', 'c'])
    expect(cache.bytes).toBeLessThanOrEqual(one * 2)
  })

  it('keeps an index that alone exceeds the budget while it is in use', async () => {
    const cache = createIndexCache(1, async () => indexOf(8))
    await cache.take('a')
    expect(cache.eventIds).toEqual(['a'])
    await cache.take('b')
    expect(cache.eventIds).toEqual(['b'])
  })

  it('loads an event once for takes that overlap, and again after a failed load', async () => {
    let loads = 0
    const cache = createIndexCache(1e9, async () => {
      loads += 1
      if (loads === 1) throw new Error('database away')
      return indexOf(4)
    })
    await expect(cache.take('a')).rejects.toThrow('database away')
    const [first, second] = await Promise.all([cache.take('a'), cache.take('a')])
    expect(first).toBe(second)
    expect(loads).toBe(2)
  })

  it('does not keep an index whose event was dropped while it was loading', async () => {
    const answers: ((index: EventIndex) => void)[] = []
    const loading = new Promise<EventIndex>(resolve => answers.push(resolve))
    const cache = createIndexCache(1e9, () => loading)
    const taken = cache.take('a')
    await Promise.resolve()
    cache.drop('a')
    answers[0]!(indexOf(4))
    await taken
    expect(cache.eventIds).toEqual([])
  })
})
