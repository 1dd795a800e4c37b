import type { Band } from './bands.ts'

/** A match as banded, with the embedding of its face. */
export interface LookedAt {
  faceId: string
  photoId: string
  /** Euclidean, to the searcher's own probe. */
  distance: number
  quality: number
  band: Band
}

/** A face near one of the further probes. */
export interface NearFace {
  faceId: string
  photoId: string
  distance: number
  quality: number
}

export interface SecondLookOptions {
  /** The event's faces near a face that is already sure: the index's search with that face's embedding. */
  search: (faceId: string, photoId: string, threshold: number) => NearFace[]
  /** Distance within which two faces of the event are taken for one person's at the `sure` rate. */
  sureWithin: number
  /** The event's outer bound to the searcher's own probe; nothing beyond it is ever added. */
  threshold: number
}

/** Further probes at most: the best by distance. More would cost time and add little. */
const PROBES = 8
/** Poor faces come near strangers: they are found, but never searched with. */
const PROBE_QUALITY = 0.4
/** Of the further probes, the share that has to confirm a face; one at least. */
const CONFIRMING_SHARE = 0.34

/**
 * Looks again with the sure matches as further probes: the same person in another light or turned. Only one step, never
 * from what it found itself, so that a wrong one cannot run away; and three guards on each face found:
 *
 * - it must lie within `sureWithin` of a third of the probes, and of one at least;
 * - it must lie within the event's outer bound of the searcher's own probe, which the caller's matches say;
 * - two faces in one photo are never one person: a photo already sure keeps its face, and of several new faces in one
 *   photo only the one that most probes confirm counts.
 *
 * @param matches one per photo, best first, as `assignBands` gives them
 * @param candidates every face within the outer bound of the searcher's probe, several per photo possible
 * @returns candidates to be shown as `likely`, by photoId; those of photos already sure or likely are not repeated
 */
export function lookAgain(
  matches: readonly LookedAt[],
  candidates: readonly NearFace[],
  { search, sureWithin, threshold }: SecondLookOptions,
): NearFace[] {
  const sure = matches.filter(({ band }) => band === 'sure')
  const probes = agreeing(sure, search, sureWithin).slice(0, PROBES)
  if (probes.length === 0) return []
  const shown = new Set(matches.filter(({ band }) => band !== 'maybe').map(({ photoId }) => photoId))
  const within = new Map(candidates.filter(({ distance }) => distance <= threshold).map(face => [face.faceId, face]))

  const confirmations = new Map<string, number>()
  for (const probe of probes) {
    for (const { faceId } of onePerPhoto(search(probe.faceId, probe.photoId, sureWithin), probe)) {
      if (within.has(faceId)) confirmations.set(faceId, (confirmations.get(faceId) ?? 0) + 1)
    }
  }

  const needed = Math.max(1, Math.ceil(probes.length * CONFIRMING_SHARE))
  const bestOfPhoto = new Map<string, NearFace>()
  for (const [faceId, count] of [...confirmations].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const face = within.get(faceId)!
    if (count < needed || shown.has(face.photoId)) continue
    const best = bestOfPhoto.get(face.photoId)
    const bestCount = best ? confirmations.get(best.faceId)! : 0
    if (!best || count > bestCount || (count === bestCount && face.distance < best.distance)) {
      bestOfPhoto.set(face.photoId, face)
    }
  }
  return [...bestOfPhoto.values()].sort((a, b) => (a.photoId < b.photoId ? -1 : 1))
}

/** Of one photo only the face nearest to the probe can be the probe's person; of the probe's own photo none can. */
function onePerPhoto(faces: readonly NearFace[], probe: LookedAt): NearFace[] {
  const nearest = new Map<string, NearFace>()
  for (const face of faces) {
    if (face.photoId === probe.photoId) continue
    const other = nearest.get(face.photoId)
    if (!other || face.distance < other.distance) nearest.set(face.photoId, face)
  }
  return [...nearest.values()]
}

/** Good faces among the sure ones that most of the other sure ones agree with: a wrong one stands alone. */
function agreeing(sure: readonly LookedAt[], search: SecondLookOptions['search'], sureWithin: number): LookedAt[] {
  const usable = sure.filter(({ quality }) => quality >= PROBE_QUALITY).slice(0, 2 * PROBES)
  if (usable.length < 2) return usable
  const ids = new Set(usable.map(({ faceId }) => faceId))
  return usable.filter(one => {
    const friends = search(one.faceId, one.photoId, sureWithin).filter(
      ({ faceId }) => faceId !== one.faceId && ids.has(faceId),
    )
    return friends.length >= (usable.length - 1) / 2
  })
}
