import { distanceForExpectedWrong, falseMatchRate, sameProbability } from './calibrate.ts'
import type { Calibration } from './calibrate.ts'

export type Band = 'sure' | 'likely' | 'maybe'

/**
 * Wrong photos that a search may be expected to show in `sure`, and in `sure` and `likely` together. Spec/20 allows 0.05
 * in `sure`; less is taken because relatives and look-alikes are in no curve.
 */
export const EXPECTED_WRONG = { sure: 0.005, likely: 0.5 } as const

/**
 * Of the photos shown, the share that may be expected to be wrong: who is in many may see more wrong ones among them. One
 * in twenty is the goal; one in twenty-five leaves room for look-alikes.
 */
const WRONG_SHARE = 0.04

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
  calibration: Calibration,
): BandedMatch<M>[] {
  const best = bestOfEachPhoto(matches, byApartness)
  const shown = countShown(best, faceCount, calibration)
  const sureWithin = distanceForExpectedWrong(EXPECTED_WRONG.sure, faceCount, calibration)
  const bandOf = ({ atFirst, apart }: M, place: number): Band => {
    if (place >= shown) return 'maybe'
    return Math.max(atFirst, apart) <= sureWithin ? 'sure' : 'likely'
  }
  return best
    .map((match, place) => ({
      ...match,
      confidence: sameProbability(match.apart, faceCount, calibration),
      band: bandOf(match, place),
    }))
    .sort(byBand)
}

/**
 * Only matches of one person stay sure and likely: those shown that are not in the group are maybe, in their place there.
 *
 * @param groupOf which of the matches shown, best first, are one person's
 */
export function keepOnePerson<M extends BandedMatch<FaceMatch>>(
  matches: readonly M[],
  groupOf: (shown: readonly M[]) => ReadonlySet<M>,
): M[] {
  const group = groupOf(matches.filter(({ band }) => band !== 'maybe'))
  return matches.map(match => (group.has(match) ? match : { ...match, band: 'maybe' as const })).sort(byBand)
}

/**
 * How many of the photos, best first, are shown: as many as there can be while the strangers expected up to the last one
 * are at most `WRONG_SHARE` of them all, and at most `EXPECTED_WRONG.likely`. This is the procedure of Benjamini and
 * Hochberg for a false discovery rate.
 */
function countShown(best: readonly FaceMatch[], faceCount: number, calibration: Calibration): number {
  return (
    1 +
    best.findLastIndex(({ apart }, place) => {
      const wrong = faceCount * falseMatchRate(apart, calibration)
      return wrong <= Math.min(WRONG_SHARE * (place + 1), EXPECTED_WRONG.likely)
    })
  )
}

function byBand(a: BandedMatch<FaceMatch>, b: BandedMatch<FaceMatch>): number {
  return ORDER[a.band] - ORDER[b.band] || byApartness(a, b)
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
