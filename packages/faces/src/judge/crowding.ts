import type { Calibration } from './calibrate.ts'
import { comparable, type ComparableFace, relativeDistance } from './compare-faces.ts'

/** One face in so many: the nearest such part of the strangers counts. */
const NEAREST_OF = 25
/** Counted in as so many faces of average crowding, because few faces are weak evidence. */
const PRIOR_FACES = 100
/** The share of the measured crowding that counts when the number of faces is unlimited. */
const BELIEVED = 0.75
/** The largest crowding, in either direction, that is used. */
const MOST_CROWDING = 0.06
/** Detections of lower quality may be no faces. */
const LEAST_QUALITY = 0.2

/**
 * How much nearer than usual its strangers lie to a face. Some faces resemble many, and among some groups of people the
 * network distinguishes everybody less well: there a match must be nearer. Known from speaker verification as score
 * normalisation, here with the event's own faces as the cohort.
 *
 * @param cohort faces of the event, some of which may be the same person's
 * @returns a distance, above 0 for a face that resembles many
 */
export function crowdingAmong(
  face: ComparableFace,
  cohort: readonly ComparableFace[],
  calibration: Calibration,
): number {
  const nearest = nearestStrangers(face, cohort, calibration)
  if (nearest === undefined) return 0
  const believed = (BELIEVED * cohort.length) / (cohort.length + PRIOR_FACES)
  return Math.min(Math.max(believed * (calibration.typicalNearest - nearest), -MOST_CROWDING), MOST_CROWDING)
}

/** The mean relative distance to the nearest 4 % of strangers; undefined when nobody there is a stranger for certain. */
export function nearestStrangers(
  face: ComparableFace,
  cohort: readonly ComparableFace[],
  calibration: Calibration,
): number | undefined {
  const distances = new Float64Array(cohort.length)
  for (let n = 0; n < cohort.length; n += 1) distances[n] = relativeDistance(face, cohort[n]!, calibration)
  const strangers = distances.sort().filter(distance => distance > calibration.strangersFrom)
  const nearest = strangers.subarray(0, Math.ceil(cohort.length / NEAREST_OF))
  if (nearest.length === 0) return undefined
  return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length
}

/** Faces that say how crowded others are: of those of an event, all that are faces for certain. */
export function toCohort(faces: readonly { embedding: Float32Array; quality: number }[]): ComparableFace[] {
  return faces.filter(({ quality }) => quality >= LEAST_QUALITY).map(face => comparable(face.embedding, face.quality))
}
