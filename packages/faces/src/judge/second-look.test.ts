import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apartness, comparable } from './compare-faces.ts'
import { lookAgain, type SeenFace } from './second-look.ts'
import { CALIBRATIONS } from './calibrate.ts'

const CALIBRATION = CALIBRATIONS['face-api']
/** Faces on an axis, all as long as most: how far apart two are is about the difference of their places. */
function face(faceId: string, place: number, photoId = `photo-of-${faceId}`, quality = 1): SeenFace {
  const embedding = new Float32Array(128)
  embedding[0] = 1.4 * Math.cos(place / 1.4)
  embedding[1] = 1.4 * Math.sin(place / 1.4)
  const own = comparable(
    Float32Array.from({ length: 128 }, (_, n) => (n === 0 ? 1.4 : 0)),
    1,
  )
  const seen = comparable(embedding, quality)
  return { faceId, photoId, face: seen, atFirst: apartness(own, seen, CALIBRATION) }
}

/** How far each face is after the second look, by its id. */
function look(seen: SeenFace[], within = 0.4): Record<string, number> {
  return Object.fromEntries(lookAgain(seen, within, CALIBRATION).map(({ faceId, apart }) => [faceId, apart]))
}

describe('second look', () => {
  it('brings a face nearer that lies near the witnesses though far from the selfie', () => {
    const far = face('far', 0.55)
    expect(look([face('a', 0.3), face('b', 0.35), far])['far']).toBeLessThan(far.atFirst - 0.1)
  })

  it('takes a face away that lies near the selfie but not near the witnesses', () => {
    const wrong = face('wrong', -0.45)
    expect(look([face('a', 0.2), face('b', 0.25), wrong])['wrong']).toBeGreaterThan(wrong.atFirst + 0.05)
  })

  it('loses no face and adds none', () => {
    const placed = fc.tuple(fc.double({ min: -0.7, max: 0.7, noNaN: true }), fc.constantFrom('p', 'q', 'r', 's'))
    fc.assert(
      fc.property(fc.array(placed), places => {
        const seen = places.map(([place, photo], n) => face(`f${n}`, place, photo))
        const again = lookAgain(seen, 0.4, CALIBRATION)
        expect(again.map(({ faceId, atFirst }) => [faceId, atFirst])).toEqual(
          seen.map(({ faceId, atFirst }) => [faceId, atFirst]),
        )
        for (const { apart } of again) expect(Number.isFinite(apart)).toBe(true)
        expect(look(seen.toReversed())).toEqual(look(seen))
      }),
    )
  })

  it('never goes on from what it found itself', () => {
    const [a, b, c, d] = [face('a', 0.1), face('b', 0.15), face('c', 0.5), face('d', 0.7)]
    expect(look([a, b, c, d])['d']).toBeCloseTo(look([a, b, d])['d']!, 9)
  })

  it('says nothing where nobody is near', () => {
    const alone = face('alone', 0.5)
    expect(look([alone])).toEqual({ alone: alone.atFirst })
  })

  it('lets no witness speak about its own photo: two faces there are two people', () => {
    const twin = face('twin', 0.45, 'photo-of-a')
    expect(look([face('a', 0.2), twin])['twin']).toBe(twin.atFirst)
  })

  it('does not count a witness whom the others contradict, nor a poor face', () => {
    const far = face('far', -0.55)
    const agreed = look([face('a', 0.0), face('b', 0.05), face('c', 0.1), far])['far']
    expect(look([face('a', 0.0), face('b', 0.05), face('c', 0.1), face('wrong', -0.39), far])['far']).toBe(agreed)
    expect(look([face('poor', -0.3, 'p', 0.2), far])['far']).toBe(far.atFirst)
  })
})
