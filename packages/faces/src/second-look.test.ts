import { describe, expect, it } from 'vitest'
import { lookAgain } from './second-look.ts'
import type { LookedAt, NearFace } from './second-look.ts'

/** Faces on a line: the distance is the difference of their places. */
interface Placed {
  faceId: string
  photoId: string
  place: number
  quality: number
}

const face = (faceId: string, place: number, photoId = `photo-of-${faceId}`, quality = 0.9): Placed => ({
  faceId,
  photoId,
  place,
  quality,
})

function look(faces: Placed[], sureFaces: string[]): string[] {
  const near = (from: number, within: number): NearFace[] =>
    faces
      .map(({ place, ...rest }) => ({ ...rest, distance: Math.abs(place - from) }))
      .filter(({ distance }) => distance <= within)
  const candidates = near(0, 0.6)
  const matches = candidates.map(
    one => ({ ...one, band: sureFaces.includes(one.faceId) ? 'sure' : 'maybe' }) as LookedAt,
  )
  return lookAgain(matches, candidates, {
    threshold: 0.6,
    sureWithin: 0.3,
    search: (faceId, _photoId, within) => near(faces.find(one => one.faceId === faceId)!.place, within),
  }).map(({ faceId }) => faceId)
}

describe('second look', () => {
  it('finds a face that lies near the sure ones though far from the selfie', () => {
    expect(look([face('a', 0.25), face('b', 0.3), face('far', 0.5)], ['a', 'b'])).toEqual(['far'])
  })

  it('never goes on from what it found itself', () => {
    expect(look([face('a', 0.1), face('b', 0.15), face('c', 0.35), face('d', 0.55)], ['a', 'b'])).toEqual(['c'])
  })

  it('never adds a face beyond the outer bound of the searcher’s own probe', () => {
    expect(look([face('a', 0.4), face('b', 0.45), face('beyond', 0.65)], ['a', 'b'])).toEqual([])
  })

  it('never takes a second face of a photo that is already sure', () => {
    expect(look([face('a', 0.25), face('b', 0.3), face('twin', 0.45, 'photo-of-a')], ['a', 'b'])).toEqual([])
  })

  it('takes of two faces in one photo only the one that more probes confirm', () => {
    const group = [face('x', 0.42, 'group'), face('y', 0.58, 'group')]
    expect(look([face('a', 0.2), face('b', 0.3), face('c', 0.35), ...group], ['a', 'b', 'c'])).toEqual(['x'])
  })

  it('does not search with a sure face that the other sure ones disagree with', () => {
    const faces = [face('a', 0.0), face('b', 0.05), face('c', 0.1), face('wrong', 0.45), face('friend', 0.55)]
    expect(look(faces, ['a', 'b', 'c', 'wrong'])).toEqual([])
  })

  it('does not search with a poor face', () => {
    expect(look([face('a', 0.25, 'p', 0.2), face('far', 0.5)], ['a'])).toEqual([])
  })
})
