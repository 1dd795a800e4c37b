import { distanceForExpectedWrong, falseMatchRate, sameProbability } from './calibrate.ts'
import type { Calibration } from './calibrate.ts'

export type Band = 'sure' | 'likely' | 'maybe'

/**
 * How many wrong photos a search shows on average: in `sure`, and in `sure` and `likely` together. Spec/20 allows 0.05 in
 * `sure`. This is stricter, because the curves were measured without relatives and look-alikes.
 */
export const EXPECTED_WRONG = { sure: 0.005, likely: 0.5 } as const

/**
 * The expected share of wrong photos among those shown. A person who is in many photos may therefore see more wrong ones.
 * The goal is one in twenty. One in twenty-five leaves room for look-alikes.
 */
const WRONG_SHARE = 0.04

/** A face of the event that resembles the searcher's, after both comparisons. */
export interface FaceMatch {
  faceId: string
  photoId: string
  /** Distance from the searcher's own face, 0 or more, as `apartness` computes it. */
  atFirst: number
  /** The distance after the second comparison, which may be smaller or larger. */
  apart: number
}

export type BandedMatch<M> = M & {
  /** The calibrated probability that the photo shows the searcher, 0..1. */
  confidence: number
  band: Band
}

/**
 * Gives each photo one match, its best face, with band and confidence. The best come first. Ties go to the smaller
 * photoId, so that the same input in any order gives the same output. A match is sure only if both distances are small: the
 * second comparison can take `sure` away and cannot give it.
 *
 * @param faceCount number of faces searched. The more there are, the closer a match must be
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
 * Keeps `sure` and `likely` for the matches of one person. Other matches in these bands become `maybe`.
 *
 * @param groupOf says which of these matches, best first, are of one person
 */
export function keepOnePerson<M extends BandedMatch<FaceMatch>>(
  matches: readonly M[],
  groupOf: (shown: readonly M[]) => ReadonlySet<M>,
): M[] {
  const group = groupOf(matches.filter(({ band }) => band !== 'maybe'))
  return matches.map(match => (group.has(match) ? match : { ...match, band: 'maybe' as const })).sort(byBand)
}

/**
 * How many of the photos, best first, are shown. It is the largest number at which the expected count of wrong photos is
 * at most `WRONG_SHARE` of the photos and at most `EXPECTED_WRONG.likely`. This is the procedure of Benjamini and Hochberg
 * for a false discovery rate.
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
