/** What the fit yields; how it was made and on what is in docs/decisions/0011-confidence.md. */
export interface Calibration {
  /** A pair's distance counts as larger by this much when the poorer of its two faces has quality 0. */
  poorQualityPenalty: number
  /** The mean distance of a face to the nearest 4 % of strangers, for most faces. */
  typicalNearest: number
  /** log(false-match rate) = offset + slope × distance, never above 0: two strangers at or below that distance. */
  falseMatch: { offset: number; slope: number }
  /** log(P(distance | same person) / P(distance | strangers)) = offset − slope × distance. */
  evidence: { offset: number; slope: number }
  /** In how many faces of an event somebody who searches there is expected to be. */
  expectedAppearances: number
}

export const CALIBRATION: Calibration = {
  poorQualityPenalty: 0.05,
  typicalNearest: 0.635,
  falseMatch: { offset: -25.07, slope: 33.01 },
  evidence: { offset: 27.14, slope: 43.38 },
  expectedAppearances: 8,
}

/** The share of pairs of strangers that lie as close as this or closer, 0..1. */
export function falseMatchRate(distance: number, { falseMatch } = CALIBRATION): number {
  return Math.exp(Math.min(0, falseMatch.offset + falseMatch.slope * distance))
}

/** The distance within which this share of pairs of strangers lies. @param rate above 0 and at most 1 */
export function distanceForFalseMatchRate(rate: number, { falseMatch } = CALIBRATION): number {
  return (Math.log(rate) - falseMatch.offset) / falseMatch.slope
}

/** The distance below which a search of `faceCount` strangers' faces expects `wrong` false matches. */
export function distanceForExpectedWrong(wrong: number, faceCount: number, calibration = CALIBRATION): number {
  if (faceCount <= wrong) return Number.POSITIVE_INFINITY
  return distanceForFalseMatchRate(wrong / faceCount, calibration)
}

/**
 * The probability that two faces this far apart are one person's, in a search of an event with this many faces: the
 * evidence of the distance, weighed with how rare the searcher's own faces are among all of them.
 */
export function sameProbability(distance: number, faceCount: number, calibration = CALIBRATION): number {
  const { evidence, expectedAppearances } = calibration
  const own = Math.min(expectedAppearances, Math.max(faceCount, 1) / 2)
  const priorOdds = own / Math.max(faceCount - own, 0.5)
  const logOdds = evidence.offset - evidence.slope * distance + Math.log(priorOdds)
  return 1 / (1 + Math.exp(-logOdds))
}
