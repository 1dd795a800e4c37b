/** What the fit yields; how it was made and on what is in docs/decisions/0011-confidence.md. */
export interface Calibration {
  /** A pair's distance counts as larger by this much when the poorer of its two faces has quality 0. */
  poorQualityPenalty: number
  /** log(false-match rate) = offset + slope × distance, never above 0: two strangers at or below that distance. */
  falseMatch: { offset: number; slope: number }
  /** log(P(distance | same person) / P(distance | strangers)) = offset − slope × distance. */
  evidence: { offset: number; slope: number }
  /** In how many faces of an event somebody who searches there is expected to be. */
  expectedAppearances: number
}

export const CALIBRATION: Calibration = {
  poorQualityPenalty: 0.05,
  falseMatch: { offset: -24.22, slope: 31.19 },
  evidence: { offset: 22.28, slope: 34.19 },
  expectedAppearances: 8,
}

/** Two faces as compared: Euclidean distance and both qualities, 0..1. */
export interface Comparison {
  distance: number
  probeQuality: number
  faceQuality: number
}

/** The distance after the mark-up for a poor face: poor faces come closer to strangers than good ones do. */
export function effectiveDistance(pair: Comparison, calibration = CALIBRATION): number {
  const poorer = Math.min(Math.max(Math.min(pair.probeQuality, pair.faceQuality), 0), 1)
  return pair.distance + calibration.poorQualityPenalty * (1 - poorer)
}

/** The share of pairs of strangers that lie as close as this or closer, 0..1. */
export function falseMatchRate(effective: number, { falseMatch } = CALIBRATION): number {
  return Math.exp(Math.min(0, falseMatch.offset + falseMatch.slope * effective))
}

/** The effective distance below which a search of `faceCount` strangers' faces expects `wrong` false matches. */
export function distanceForExpectedWrong(wrong: number, faceCount: number, { falseMatch } = CALIBRATION): number {
  if (faceCount <= wrong) return Number.POSITIVE_INFINITY
  return (Math.log(wrong / faceCount) - falseMatch.offset) / falseMatch.slope
}

/**
 * The probability that two faces are one person's, in a search of an event with this many faces: the evidence of the
 * distance and both qualities, weighed with how rare the searcher's own faces are among all of them.
 */
export function sameProbability(pair: Comparison, faceCount: number, calibration = CALIBRATION): number {
  const { evidence, expectedAppearances } = calibration
  const own = Math.min(expectedAppearances, Math.max(faceCount, 1) / 2)
  const priorOdds = own / Math.max(faceCount - own, 0.5)
  const logOdds = evidence.offset - evidence.slope * effectiveDistance(pair, calibration) + Math.log(priorOdds)
  return 1 / (1 + Math.exp(-logOdds))
}
