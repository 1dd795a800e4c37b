import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { MODEL_VERSIONS } from '../engines.ts'
import { findMatches, MOST_FOUND } from './find-matches.ts'
import { createEventIndex, type IndexedFace, readSnapshot } from '../index/event-index.ts'
import { crowd, hitsOf, meanEmbedding, networkDraw, randomSource } from '../index/testing.ts'

const modelVersion = 'test-1'
const THRESHOLD = 0.6

const NETWORKS = [
  { network: 'face-api', modelVersion, threshold: THRESHOLD },
  { network: 'sface', modelVersion: MODEL_VERSIONS.sface, threshold: null },
] as const

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

  describe.each(NETWORKS)('of $network embeddings', ({ network, modelVersion, threshold }) => {
    const indexOfThese = (faces: readonly IndexedFace[]) => {
      const index = createEventIndex({ modelVersion })
      index.add(faces)
      return index
    }

    it('shown agree with each other: the mean of an event’s faces shows no more photos than one person has', () => {
      for (const [people, photosEach] of [
        [23, 7],
        [60, 6],
        [300, 8],
        [1_000, 8],
      ] as const) {
        const { faces } = crowd(people, people, photosEach, 3, network)
        const index = indexOfThese(faces)
        const embeddings = faces.map(({ embedding }) => embedding)
        const lengths = [undefined, 1.4, 1.3]
        for (const embedding of lengths.map(length => meanEmbedding(embeddings, length))) {
          const found = findMatches(index, { embedding, quality: 1 }, threshold)
          const shown = found.filter(({ band }) => band !== 'maybe')
          expect(found.length).toBeGreaterThan(2 * photosEach)
          expect(shown.length).toBeLessThanOrEqual(photosEach + 2)
        }
      }
    })

    it('are those of the nearest faces alone where numbers that are nobody’s lie near all of a large event', () => {
      const draw = networkDraw(network, randomSource(11))
      const faces = Array.from({ length: 10_000 }, (_, n) => {
        const id = String(n).padStart(5, '0')
        return { faceId: id, photoId: id, quality: 0.9, embedding: draw() }
      })
      const index = indexOfThese(faces)
      const embedding = meanEmbedding(
        faces.map(face => face.embedding),
        1.4,
      )
      const nearest = hitsOf(index, embedding, 2.8).slice(0, MOST_FOUND)
      const found = findMatches(index, { embedding, quality: 1 }, 2.8)
      expect(found).toHaveLength(MOST_FOUND)
      expect(new Set(found.map(({ faceId }) => faceId))).toEqual(new Set(nearest.map(({ faceId }) => faceId)))
    })

    it('of a mean of two people’s faces are shown for one of them', () => {
      const [people, photosEach] = [60, 6]
      const { faces, probes } = crowd(7, people, photosEach, 3, network)
      const index = indexOfThese(faces)
      const personOf = new Map(faces.map(({ faceId, person }) => [faceId, person]))
      let strangers = 0
      for (let n = 0; n + 1 < people; n += 2) {
        const embedding = meanEmbedding([probes[n]!.embedding, probes[n + 1]!.embedding])
        const shown = findMatches(index, { embedding, quality: 1 }, threshold).filter(({ band }) => band !== 'maybe')
        const of = shown.map(({ faceId }) => personOf.get(faceId))
        const most = Math.max(0, ...[...new Set(of)].map(person => of.filter(other => other === person).length))
        strangers += of.length - most
      }
      expect(strangers / (people / 2)).toBeLessThan(0.2)
    })
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
