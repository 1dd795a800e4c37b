import { engineOf, type FaceEngineName } from '../engines.ts'

/** The fitted figures of an engine's embeddings. docs/decisions/0011-confidence.md says how and on what they were fitted. */
export interface Calibration {
  /** The outer bound of a search where its event has none of its own: what lies farther is no match, not even a maybe. */
  outerBound: number
  /** A pair's distance counts as larger by this much when the poorer of its two faces has quality 0. */
  poorQualityPenalty: number
  /** Nearer faces may be the same person's and are not counted as strangers. */
  strangersFrom: number
  /** The mean distance of a face to the nearest 4 % of strangers, for most faces. */
  typicalNearest: number
  /** log(false-match rate) = offset + slope × distance, never above 0: two strangers at or below that distance. */
  falseMatch: { offset: number; slope: number }
  /** log(P(distance | same person) / P(distance | strangers)) = offset − slope × distance. */
  evidence: { offset: number; slope: number }
  /** In how many faces of an event somebody who searches there is expected to be. */
  expectedAppearances: number
  /** Two faces of one search agree when at most this share of pairs of strangers lies as near (`agree.ts`). */
  agreement: number
  grouping: Grouping
}

/** Faces join where so many strangers of the whole event are expected to lie as near, but within bounds. */
interface JoinRule {
  wrong: number
  least: number
  most: number
}

/** How an event's faces are put together into people (`group/`). */
interface Grouping {
  /** People are looked for among those who have a face this near; what then counts is how near their middles are. */
  lookWithin: number
  /** Where a face joins somebody whose middle is known. */
  near: JoinRule
  /** Where it joins somebody with one or two faces, and two people are one: a mistake there costs more. */
  few: JoinRule
  /** Squared distance of two strangers' faces, and the share of it that is not between the people but within each. */
  spread: { strangers: number; within: number }
}

export const CALIBRATIONS: Record<FaceEngineName, Calibration> = {
  'face-api': {
    outerBound: 0.6,
    poorQualityPenalty: 0.05,
    strangersFrom: 0.55,
    typicalNearest: 0.635,
    falseMatch: { offset: -25.07, slope: 33.01 },
    evidence: { offset: 27.14, slope: 43.38 },
    expectedAppearances: 8,
    agreement: 0.002,
    grouping: {
      lookWithin: 0.5,
      near: { wrong: 0.5, least: 0.4, most: 0.5 },
      few: { wrong: 0.05, least: 0.34, most: 0.45 },
      spread: { strangers: 0.656, within: 0.094 },
    },
  },
  sface: {
    outerBound: 1.54,
    poorQualityPenalty: 0.05,
    strangersFrom: 1.58,
    typicalNearest: 1.708,
    falseMatch: { offset: -58.63, slope: 32.62 },
    evidence: { offset: 43.64, slope: 26.67 },
    expectedAppearances: 8,
    agreement: 0.0005,
    grouping: {
      lookWithin: 1.48,
      near: { wrong: 0.02, least: 1.34, most: 1.48 },
      few: { wrong: 0.0026, least: 1.28, most: 1.42 },
      spread: { strangers: 3.59, within: 0.705 },
    },
  },
}

/** The calibration of an index's embeddings; those of versions that no engine makes any more lie as face-api's do. */
export const calibrationFor = (modelVersion: string): Calibration => CALIBRATIONS[engineOf(modelVersion) ?? 'face-api']

/** The share of pairs of strangers that lie as close as this or closer, 0..1. */
export function falseMatchRate(distance: number, { falseMatch }: Calibration): number {
  return Math.exp(Math.min(0, falseMatch.offset + falseMatch.slope * distance))
}

/** The distance within which this share of pairs of strangers lies. @param rate above 0 and at most 1 */
export function distanceForFalseMatchRate(rate: number, { falseMatch }: Calibration): number {
  return (Math.log(rate) - falseMatch.offset) / falseMatch.slope
}

/** The distance below which a search of `faceCount` strangers' faces expects `wrong` false matches. */
export function distanceForExpectedWrong(wrong: number, faceCount: number, calibration: Calibration): number {
  if (faceCount <= wrong) return Number.POSITIVE_INFINITY
  return distanceForFalseMatchRate(wrong / faceCount, calibration)
}

/**
 * The probability that two faces this far apart are one person's, in a search of an event with this many faces: the
 * evidence of the distance, weighed with how rare the searcher's own faces are among all of them.
 */
export function sameProbability(distance: number, faceCount: number, calibration: Calibration): number {
  const { evidence, expectedAppearances } = calibration
  const own = Math.min(expectedAppearances, Math.max(faceCount, 1) / 2)
  const priorOdds = own / Math.max(faceCount - own, 0.5)
  const logOdds = evidence.offset - evidence.slope * distance + Math.log(priorOdds)
  return 1 / (1 + Math.exp(-logOdds))
}
