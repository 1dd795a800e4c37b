import {
  CALIBRATION,
  distanceForExpectedWrong,
  effectiveDistance,
  falseMatchRate,
  sameProbability,
} from './calibrate.ts'
import type { Calibration } from './calibrate.ts'

export type Band = 'sure' | 'likely' | 'maybe'

/** Wrong photos that a search may be expected to show in `sure`, and in `sure` and `likely` together (spec/20, Search). */
export const EXPECTED_WRONG = { sure: 0.05, likely: 0.5 } as const

/** A face found by the index. */
export interface FaceMatch {
  photoId: string
  /** Euclidean */
  distance: number
  /** 0..1 */
  quality: number
}

export type BandedMatch<M extends FaceMatch> = M & {
  /** The calibrated probability that the photo shows the searcher, 0..1. */
  confidence: number
  band: Band
}

export interface BandContext {
  /** Faces searched: the more strangers, the closer a match must be. */
  faceCount: number
  /** 0..1 */
  probeQuality: number
  /** The event's outer bound; what lies beyond is left out. */
  threshold: number
}

/** Just inside the outer bound nearly all matches are strangers: how many they are says how common this face is. */
const RING = 0.05
/** As if so many strangers had been expected there besides, and one more seen: few matches say little, and on average
 * over searches the expected wrong photos stay on the safe side. */
const RING_PRIOR = 2
/** Nobody is taken for more unlike all others than this, whatever the matches handed in. */
const LEAST_RESEMBLANCE = 0.25

/**
 * One match per photo, its best face, with band and confidence. Best first; ties go to the smaller photoId, so that
 * equal input in any order gives equal output.
 *
 * @param matches every face within the threshold: the outermost tell how many strangers resemble this searcher
 */
export function assignBands<M extends FaceMatch>(
  matches: readonly M[],
  context: BandContext,
  calibration: Calibration = CALIBRATION,
): BandedMatch<M>[] {
  const { faceCount, probeQuality, threshold } = context
  const ranked = matches
    .filter(({ distance }) => distance <= threshold)
    .map(match => {
      const pair = { distance: match.distance, probeQuality, faceQuality: match.quality }
      return { match, pair, effective: effectiveDistance(pair, calibration) }
    })
  const strangers = faceCount * resemblance(ranked, context, calibration)
  const sureWithin = distanceForExpectedWrong(EXPECTED_WRONG.sure, strangers, calibration)
  const likelyWithin = distanceForExpectedWrong(EXPECTED_WRONG.likely, strangers, calibration)

  const bestOfPhoto = new Map<string, Ranked<M>>()
  for (const one of ranked) {
    const best = bestOfPhoto.get(one.match.photoId)
    if (!best || byRank(one, best) < 0) bestOfPhoto.set(one.match.photoId, one)
  }
  return [...bestOfPhoto.values()].sort(byRank).map(({ match, pair, effective }) => ({
    ...match,
    confidence: sameProbability(pair, strangers, calibration),
    band: effective <= sureWithin ? 'sure' : effective <= likelyWithin ? 'likely' : 'maybe',
  }))
}

/**
 * How many times more strangers than on average come near this searcher, from the matches in the ring inside the outer
 * bound: what was seen there over what was to be expected, drawn towards 1 by the prior.
 */
function resemblance(ranked: readonly Ranked<FaceMatch>[], context: BandContext, calibration: Calibration): number {
  const { faceCount, threshold } = context
  const inner = threshold - RING
  const seen = ranked.filter(({ effective }) => effective > inner && effective <= threshold).length
  const expected = faceCount * (falseMatchRate(threshold, calibration) - falseMatchRate(inner, calibration))
  return Math.max((seen + RING_PRIOR + 1) / (expected + RING_PRIOR), LEAST_RESEMBLANCE)
}

interface Ranked<M extends FaceMatch> {
  match: M
  pair: { distance: number; probeQuality: number; faceQuality: number }
  effective: number
}

function byRank(a: Ranked<FaceMatch>, b: Ranked<FaceMatch>): number {
  if (a.effective !== b.effective) return a.effective - b.effective
  if (a.match.distance !== b.match.distance) return a.match.distance - b.match.distance
  return a.match.photoId < b.match.photoId ? -1 : Number(a.match.photoId > b.match.photoId)
}
