import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { findMatches } from './find-matches.ts'
import { createEventIndex, type IndexedFace, readSnapshot } from './index/event-index.ts'
import { hitsOf, randomEmbedding, randomNormal, randomSource } from './index/testing.ts'

const modelVersion = 'test-1'
const THRESHOLD = 0.6

/** People in photos of two faces each; a person's faces lie about 0.45 apart, people's own about 0.8. */
function crowd(seed: number, people: number, photosEach: number) {
  const random = randomSource(seed)
  const middle = randomEmbedding(random).map(value => value * 2)
  const centres = Array.from({ length: people }, () => randomEmbedding(random).map((value, i) => value + middle[i]!))
  const near = (centre: Float32Array) => centre.map(value => value + 0.028 * randomNormal(random))
  const faces = Array.from({ length: people * photosEach }, (_, n): IndexedFace => {
    const photo = String(Math.floor(n / 2)).padStart(4, '0')
    return {
      faceId: `${photo}-${n % 2}`,
      photoId: photo,
      quality: 0.5 + random() / 2,
      embedding: near(centres[n % people]!),
    }
  })
  return { faces, probes: centres.map(centre => ({ embedding: near(centre), quality: 0.9 })) }
}

function indexOf(faces: readonly IndexedFace[]) {
  const index = createEventIndex({ modelVersion })
  index.add(faces)
  return index
}

// The first index of a machine compiles the kernel.
beforeAll(() => void createEventIndex({ modelVersion }), 300_000)

describe('matches', () => {
  it('hold every photo with a face within the outer bound once, and no other', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 25 }),
        fc.double({ min: 0.3, max: 0.9, noNaN: true }),
        (seed, people, bound) => {
          const { faces, probes } = crowd(seed, people, 4)
          const index = indexOf(faces)
          const within = new Set(hitsOf(index, probes[0]!.embedding, bound).map(({ photoId }) => photoId))
          const found = findMatches(index, probes[0]!, bound).map(({ photoId }) => photoId)
          expect(found.toSorted()).toEqual([...within].sort())
        },
      ),
      { numRuns: 40 },
    )
  })

  it('are the same whatever the order in which faces came, and from a snapshot', async () => {
    const { faces, probes } = crowd(3, 80, 6)
    const one = indexOf(faces)
    const other = indexOf(faces.toReversed())
    const { index: third } = await readSnapshot(one.snapshot(0), modelVersion)
    for (const probe of probes.slice(0, 10)) {
      const found = findMatches(one, probe, THRESHOLD)
      expect(findMatches(other, probe, THRESHOLD)).toEqual(found)
      expect(findMatches(third, probe, THRESHOLD)).toEqual(found)
    }
  })

  it('show people their own photos and hardly anybody else’s', () => {
    const [people, photosEach] = [60, 6]
    const { faces, probes } = crowd(5, people, photosEach)
    const index = indexOf(faces)
    let [right, wrong] = [0, 0]
    probes.forEach((probe, person) => {
      const own = new Set(faces.filter((_, n) => n % people === person).map(({ photoId }) => photoId))
      for (const { photoId, band } of findMatches(index, probe, THRESHOLD)) {
        if (band === 'maybe') continue
        if (own.has(photoId)) right += 1
        else wrong += 1
      }
    })
    expect(right / (people * photosEach)).toBeGreaterThan(0.85)
    expect(wrong / people).toBeLessThan(0.15)
  })

  it('are none in an empty event', () => {
    expect(findMatches(createEventIndex({ modelVersion }), crowd(1, 1, 1).probes[0]!, THRESHOLD)).toEqual([])
  })

  it('keep the Euclidean distance that the index found', () => {
    const { faces, probes } = crowd(9, 10, 4)
    const index = indexOf(faces)
    const distances = new Map(hitsOf(index, probes[0]!.embedding, THRESHOLD).map(hit => [hit.faceId, hit.distance]))
    for (const { faceId, distance } of findMatches(index, probes[0]!, THRESHOLD)) {
      expect(distance).toBe(distances.get(faceId))
    }
  })
})
