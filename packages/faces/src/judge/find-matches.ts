import { largestAgreeing } from './agree.ts'
import { assignBands, type BandedMatch, EXPECTED_WRONG, keepOnePerson } from './bands.ts'
import { type Calibration, calibrationFor, distanceForExpectedWrong } from './calibrate.ts'
import { apartness, comparable, type ComparableFace, relativeDistance } from './compare-faces.ts'
import { crowdingAmong, toCohort } from './crowding.ts'
import type { EventIndex, HeldFace } from '../index/event-index.ts'
import { lookAgain, type SeenFace } from './second-look.ts'

/** A face to search with. */
export interface Probe {
  /** 128 float32 */
  embedding: Float32Array
  /** 0..1 */
  quality: number
}

/** A face within the outer bound, with its Euclidean distance. */
export type FaceHit = HeldFace & { distance: number }
export type FoundFace = FaceHit & SeenFace
export type PhotoMatch = BandedMatch<FaceHit>

/** Wrong photos that the witnesses of a search may be expected to hold: spec/20's rate for `sure`. */
const WRONG_WITNESSES = 0.05
/**
 * The nearest faces that a search looks at: more than anybody has in an event. Numbers that are nobody's may lie within
 * the bound of every face of a large event, and each face looked at costs tens of microseconds and a row.
 */
export const MOST_FOUND = 2_000
/** A face this much farther than what is shown cannot be shown. Its crowding is therefore not computed. */
const REACH = 0.12

/**
 * Every photo that may show the searcher, one match each, best first: exact search, how crowded the faces are, a second
 * look with the nearest ones, bands. Sure and likely are one person's photos: what one Unlimited pays for. Nothing
 * within the outer bound is lost among the `MOST_FOUND` nearest faces: what is not shown is `maybe`.
 *
 * @param threshold the event's own outer bound, Euclidean; null for that of the embeddings' engine
 * @param leftOut faces that this search must not find, such as hidden ones
 */
export function findMatches(
  index: EventIndex,
  probe: Probe,
  threshold: number | null = null,
  calibration: Calibration = calibrationFor(index.modelVersion),
  leftOut: ReadonlySet<string> = new Set(),
): PhotoMatch[] {
  const witnessWithin = distanceForExpectedWrong(WRONG_WITNESSES, index.size, calibration)
  const all = compareWithAll(index, probe, threshold ?? calibration.outerBound, calibration, MOST_FOUND)
  const found = lookAgain(
    leftOut.size === 0 ? all : all.filter(({ faceId }) => !leftOut.has(faceId)),
    witnessWithin,
    calibration,
  )
  const banded = assignBands(found, index.size, calibration)
  const matches = keepOnePerson(banded, shown => largestAgreeing(shown, calibration))
  return matches.map(({ faceId, photoId, quality, distance, confidence, band }) => ({
    faceId,
    photoId,
    quality,
    distance,
    confidence,
    band,
  }))
}

/** The first look: every face within the outer bound, or the nearest `most`, compared with the searcher's own. */
export function compareWithAll(
  index: EventIndex,
  probe: Probe,
  threshold: number,
  calibration: Calibration = calibrationFor(index.modelVersion),
  most = Infinity,
): FoundFace[] {
  const cohort = toCohort(index.sample())
  const own = withCrowding(comparable(probe.embedding, probe.quality))
  const within = distanceForExpectedWrong(EXPECTED_WRONG.likely, index.size, calibration) + REACH

  function withCrowding(face: ComparableFace): ComparableFace {
    return { ...face, crowding: crowdingAmong(face, cohort, calibration) }
  }

  const { rows, distances } = index.find(probe.embedding, threshold)
  return Array.from(rows.subarray(0, most), (row, n) => {
    const [held, distance] = [index.faceAt(row), distances[n]!]
    const plain = comparable(index.embeddingAt(row), held.quality)
    const near = relativeDistance(own, plain, calibration, distance) <= within
    const face = near ? withCrowding(plain) : plain
    return { ...held, distance, face, atFirst: apartness(own, face, calibration, distance) }
  })
}
