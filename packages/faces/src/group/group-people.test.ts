import { beforeAll, describe, expect, it } from 'vitest'
import { groupPeople } from './group-people.ts'
import type { GroupedFace } from './group-people.ts'
import { createEventIndex } from '../index/event-index.ts'
import type { IndexedFace } from '../index/event-index.ts'
import { randomEmbedding, randomNormal, randomSource } from '../index/testing.ts'

// The first index of a machine compiles the kernel.
beforeAll(() => void createEventIndex({ modelVersion: 'test-1' }), 300_000)

type PersonFace = IndexedFace & { who: string }

/** Photos of several of `people` each; every face about 0.3 from the next of the same person, 0.8 from strangers. */
function makeEvent(seed: number, photos: number, people: number): PersonFace[] {
  const random = randomSource(seed)
  const centres = Array.from({ length: people }, () => randomEmbedding(random))
  return Array.from({ length: photos }, (_, photo) => {
    const shown = new Set(Array.from({ length: 3 }, () => Math.floor(random() * people)))
    return [...shown].map(who => faceOf(`${who}`, photo, centres[who]!, random))
  }).flat()
}

function faceOf(who: string, photo: number, centre: Float32Array, random: () => number): PersonFace {
  const number = String(photo).padStart(5, '0')
  const embedding = centre.map(value => value + 0.019 * randomNormal(random))
  return { who, faceId: `${number}-${who}`, photoId: `photo-${number}`, quality: 0.9, embedding }
}

function indexOf(faces: IndexedFace[]) {
  const index = createEventIndex({ modelVersion: 'test-1' })
  index.add(faces)
  return index
}

const group = (faces: IndexedFace[], known?: Map<string, string>) => groupPeople(faces, indexOf(faces), known)

describe('people in an event', { timeout: 300_000 }, () => {
  it('puts the faces of one person together and those of two apart', () => {
    const faces = makeEvent(1, 150, 25)
    const people = group(faces)
    const whoOf = new Map<string, Set<string>>()
    for (const { faceId, who } of faces) {
      whoOf.set(people.get(faceId)!, (whoOf.get(people.get(faceId)!) ?? new Set()).add(who))
    }
    expect([...whoOf.values()].every(who => who.size === 1)).toBe(true)
    expect(whoOf.size).toBe(new Set(faces.map(({ who }) => who)).size)
  })

  it('finds people again by their middle in an event so large that no two of their faces lie near enough alone', () => {
    const random = randomSource(8)
    const centres = Array.from({ length: 12 }, () => randomEmbedding(random))
    const faces = Array.from({ length: 240 }, (_, photo) => {
      const who = photo % 12
      const face = faceOf(`${who}`, photo, centres[who]!, random)
      const spread = photo < 48 ? 0.015 : 0.027 // a few good faces first, then such as lie 0.36 from the middle
      return { ...face, embedding: centres[who]!.map(value => value + spread * randomNormal(random)) }
    })
    const index = indexOf(faces)
    const people = groupPeople(faces, { ...index, size: 100_000 })
    expect(new Set(faces.map(({ faceId, who }) => `${people.get(faceId)} ${who}`)).size).toBe(12)
    expect(new Set(people.values()).size).toBe(12)
  })

  it('gives the same people whatever the order in which faces are handed in', () => {
    const faces = makeEvent(2, 80, 12)
    expect(group(faces.toReversed())).toEqual(group(faces))
  })

  it('keeps every id when later photos arrive, from scratch and from what was known', () => {
    const faces = makeEvent(3, 120, 15)
    const early = faces.slice(0, Math.floor(faces.length * 0.7))
    const before = group(early)
    for (const after of [group(faces), group(faces, before)]) {
      for (const [faceId, person] of before) expect(after.get(faceId)).toBe(person)
    }
  })

  it('keeps a known person’s id after the face that founded it is gone', () => {
    const faces = makeEvent(4, 60, 6)
    const before = group(faces)
    const founders = new Set(before.values())
    const rest = faces.filter(({ faceId }) => !founders.has(faceId))
    for (const [faceId, person] of group(rest, before)) expect(person).toBe(before.get(faceId))
  })

  it('never puts two faces of one photo together, however alike', () => {
    const random = randomSource(5)
    const centre = randomEmbedding(random)
    const twins = Array.from({ length: 6 }, (_, photo) => [
      faceOf('a', photo, centre, random),
      faceOf('b', photo, centre, random),
    ]).flat()
    const people = group(twins)
    for (const { photoId } of twins) {
      const pair = twins.filter(face => face.photoId === photoId).map(({ faceId }) => people.get(faceId))
      expect(new Set(pair).size).toBe(2)
    }
  })

  it('joins two people under the older id once a later face lies near both', () => {
    const random = randomSource(6)
    const [here, step] = [randomEmbedding(random), randomEmbedding(random)]
    const length = Math.sqrt(step.reduce((sum, value) => sum + value * value, 0))
    const at = (distance: number, n: number): GroupedFace & IndexedFace => ({
      faceId: `face-${n}`,
      photoId: `photo-${n}`,
      quality: 0.9,
      embedding: here.map((value, i) => value + (step[i]! / length) * distance),
    })
    const apart = [at(0, 0), at(0.47, 1)]
    expect(new Set(group(apart).values())).toEqual(new Set(['face-0', 'face-1']))
    expect(new Set(group([...apart, at(0.23, 2), at(0.24, 3)]).values())).toEqual(new Set(['face-0']))
  })

  it('leaves faces too poor to be compared without a person', () => {
    const [face] = makeEvent(7, 1, 1)
    expect(group([{ ...face!, quality: 0.1 }]).size).toBe(0)
  })
})
