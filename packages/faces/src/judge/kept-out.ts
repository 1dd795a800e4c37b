import { EXPECTED_WRONG } from './bands.ts'
import { calibrationFor, distanceForExpectedWrong } from './calibrate.ts'
import { comparable, relativeDistance } from './compare-faces.ts'
import type { Probe } from './find-matches.ts'

/**
 * Says of a face whether it is that of somebody who wants to be left out, as near as a search would show it among the
 * likely ones.
 *
 * @param kept the face of that person, of the same model version
 * @param faceCount faces of the event: the more there are, the closer it must be
 */
export function keptOut(kept: Probe, faceCount: number, modelVersion: string): (face: Probe) => boolean {
  const calibration = calibrationFor(modelVersion)
  const within = Math.min(
    distanceForExpectedWrong(EXPECTED_WRONG.likely, faceCount, calibration),
    calibration.outerBound,
  )
  const own = comparable(kept.embedding, kept.quality)
  return ({ embedding, quality }) => relativeDistance(own, comparable(embedding, quality), calibration) <= within
}
