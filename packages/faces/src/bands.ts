import { CALIBRATION, distanceForExpectedWrong, sameProbability } from './calibrate.ts'
import type { Calibration } from './calibrate.ts'

export type Band = 'sure' | 'likely' | 'maybe'

/**
 * Wrong photos that a search may be expected to show in `sure`, and in `sure` and `likely` together. Spec/20 allows 0.05
 * and 0.5; less is taken because relatives and look-alikes are in no curve, and so that of the photos shown to somebody
 * who is in three of them one in twenty is wrong.
 */
export const EXPECTED_WRONG = { sure: 0.01, likely: 0.15 } as const

/** A face found, after all looks. */
export interface FaceMatch {
  faceId: string
  photoId: string
  /** How far from the searcher's own face, 0 and more: what `apartness` says. */
  atFirst: number
  /** The same after the second look, which may have brought it nearer or farther. */
  apart: number
}

export type BandedMatch<M> = M & {
  /** The calibrated probability that the photo shows the searcher, 0..1. */
  confidence: number
  band: Band
}

/**
 * One match per photo, its best face, with band and confidence. Best first; ties go to the smaller photoId, so that
 * equal input in any order gives equal output. Only what is near at first can be sure: the second look may take that
 * away, never give it.
 *
 * @param faceCount faces searched: the more strangers, the closer a match must be
 */
export function assignBands<M extends FaceMatch>(
  matches: readonly M[],
  faceCount: number,
  calibration: Calibration = CALIBRATION,
): BandedMatch<M>[] {
  const sureWithin = distanceForExpectedWrong(EXPECTED_WRONG.sure, faceCount, calibration)
  const likelyWithin = distanceForExpectedWrong(EXPECTED_WRONG.likely, faceCount, calibration)
  const bandOf = ({ atFirst, apart }: M): Band => {
    if (Math.max(atFirst, apart) <= sureWithin) return 'sure'
    return apart <= likelyWithin ? 'likely' : 'maybe'
  }
  return bestOfEachPhoto(matches, byApartness)
    .map(match => ({ ...match, confidence: sameProbability(match.apart, faceCount, calibration), band: bandOf(match) }))
    .sort((a, b) => ORDER[a.band] - ORDER[b.band] || byApartness(a, b))
}

const ORDER = { sure: 0, likely: 1, maybe: 2 } as const

/** Two faces in one photo are never one person: only the best can be the searcher's. */
export function bestOfEachPhoto<M extends { photoId: string }>(
  faces: readonly M[],
  compare: (a: M, b: M) => number,
): M[] {
  const best = new Map<string, M>()
  for (const face of faces) {
    const other = best.get(face.photoId)
    if (!other || compare(face, other) < 0) best.set(face.photoId, face)
  }
  return [...best.values()].sort(compare)
}

function byApartness(a: FaceMatch, b: FaceMatch): number {
  return a.apart - b.apart || a.atFirst - b.atFirst || (idOf(a) < idOf(b) ? -1 : Number(idOf(a) > idOf(b)))
}

const idOf = ({ photoId, faceId }: FaceMatch): string => `${photoId} ${faceId}`
