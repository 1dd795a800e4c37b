import { bestOfEachPhoto } from './bands.ts'
import type { Calibration } from './calibrate.ts'
import { apartness, type ComparableFace } from './compare-faces.ts'

/** A face found, compared with the searcher's own. */
export interface SeenFace {
  faceId: string
  photoId: string
  face: ComparableFace
  /** How far from the searcher's own face. */
  atFirst: number
}

/** Witnesses at most: the nearest. More would cost time and add little. */
const WITNESSES = 8
/** A face of lower quality lies near strangers. It can be found and is never a witness. */
const WITNESS_QUALITY = 0.4
/** The weight of the mean distance from the witnesses. The searcher's own face has the rest. */
const WITNESSES_WEIGHT = 0.5

/**
 * Looks again with the nearest faces as witnesses: the same person in another light or turned. Each face found is then
 * as far as half its distance from the searcher's own face and half its mean distance from the witnesses: a face that
 * lies near them all comes nearer, one that only happens to lie near the selfie goes away. One step only, never from
 * what was found so, and nothing is added that the first look did not find; of the witnesses each must agree with most
 * others, and none speaks about its own photo, as two faces in one photo are never one person.
 *
 * @param seen every face within the event's outer bound of the searcher's own
 * @param witnessWithin how near the searcher's own face a witness must lie, and another witness to agree with it
 */
export function lookAgain<S extends SeenFace>(
  seen: readonly S[],
  witnessWithin: number,
  calibration: Calibration,
): (S & { apart: number })[] {
  const witnesses = chooseWitnesses(seen, witnessWithin, calibration)
  return seen.map(one => {
    const others = witnesses.filter(({ photoId }) => photoId !== one.photoId)
    if (others.length === 0) return { ...one, apart: one.atFirst }
    const mean = others.reduce((sum, { face }) => sum + apartness(face, one.face, calibration), 0) / others.length
    return { ...one, apart: (1 - WITNESSES_WEIGHT) * one.atFirst + WITNESSES_WEIGHT * mean }
  })
}

function chooseWitnesses(seen: readonly SeenFace[], within: number, calibration: Calibration): SeenFace[] {
  const near = bestOfEachPhoto(seen, byFirstLook)
    .filter(({ atFirst, face }) => atFirst <= within && face.quality >= WITNESS_QUALITY)
    .slice(0, WITNESSES)
  return near.filter(one => {
    const friends = near.filter(other => other !== one && apartness(one.face, other.face, calibration) <= within)
    return friends.length >= (near.length - 1) / 2
  })
}

function byFirstLook(a: SeenFace, b: SeenFace): number {
  return a.atFirst - b.atFirst || compare(a.photoId, b.photoId) || compare(a.faceId, b.faceId)
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
