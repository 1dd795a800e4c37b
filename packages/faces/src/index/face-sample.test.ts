import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFaceSample, type HeldFaces, type SampledFace } from './face-sample.ts'
import { randomEmbedding, randomSource } from './testing.ts'

const pool: SampledFace[] = Array.from({ length: 200 }, (_, n) => ({
  embedding: randomEmbedding(randomSource(n)),
  quality: n / 200,
}))
const qualities = (faces: readonly SampledFace[]) => faces.map(({ quality }) => quality).sort((a, b) => a - b)
const chosen = (faces: SampledFace[], count: number) => qualities(createFaceSample(count, false).faces(held(faces)))
function held(of: Iterable<SampledFace>): HeldFaces & { whole: () => number } {
  const faces = [...of]
  let read = 0
  return {
    size: faces.length,
    readFirst: (row, into) => into.set(faces[row]!.embedding.subarray(0, into.length)),
    faceAt: row => ((read += 1), faces[row]!),
    whole: () => read,
  }
}

describe('sample of faces', () => {
  it('is all of them when there are no more', () => {
    expect(chosen(pool, 300)).toEqual(qualities(pool))
    expect(chosen(pool, 32)).toHaveLength(32)
  })

  it('is the same for the same faces, however they came and went', () => {
    const step = fc.record({ n: fc.nat(pool.length - 1), read: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), steps => {
        const there = new Set<SampledFace>()
        const sample = createFaceSample(32)
        for (const { n, read } of steps) {
          const face = pool[n]!
          if (there.delete(face)) sample.leaving(face.embedding)
          else {
            there.add(face)
            sample.added(face)
          }
          const asked = read ? qualities(sample.faces(held(there))) : []
          expect(asked).toEqual(read ? chosen([...there], 32) : [])
        }
        expect(qualities(sample.faces(held(there)))).toEqual(chosen([...there].toReversed(), 32))
      }),
    )
  })

  it('is chosen without reading most of the faces whole', () => {
    const all = held(pool)
    expect(createFaceSample(4, false).faces(all)).toHaveLength(4)
    expect(all.whole()).toBeLessThan(pool.length / 4)
  })

  it('takes any face as likely as any other', () => {
    const halves = [pool.slice(0, 100), pool.slice(100)].map(half => {
      const kept = new Set(chosen(pool, 60))
      return half.filter(({ quality }) => kept.has(quality)).length
    })
    for (const half of halves) expect(half).toBeGreaterThan(15)
  })
})
