import { assignBands, type BandedMatch, EXPECTED_WRONG } from './bands.ts'
import { distanceForExpectedWrong, sameProbability } from './calibrate.ts'
import type { EventIndex, FaceHit } from './index/event-index.ts'
import { lookAgain } from './second-look.ts'

/** A face to search with. */
export interface Probe {
  /** 128 float32 */
  embedding: Float32Array
  /** 0..1 */
  quality: number
}

/**
 * Every photo that may show the searcher, one match each: exact search, bands, and a second look with the sure matches.
 * What that look adds is `likely`, never `sure`.
 *
 * @param threshold the event's outer bound, Euclidean
 */
export function findMatches(index: EventIndex, probe: Probe, threshold: number): BandedMatch<FaceHit>[] {
  const hits = index.search(probe.embedding, threshold)
  const faceCount = index.size
  const matches = assignBands(hits, { faceCount, probeQuality: probe.quality, threshold })
  const sureWithin = Math.min(distanceForExpectedWrong(EXPECTED_WRONG.sure, faceCount), threshold)
  const search = (faceId: string, photoId: string, within: number) => {
    const embedding = index.embeddingOf(photoId, faceId)
    return embedding ? index.search(embedding, within) : []
  }
  const added = lookAgain(matches, hits, { search, sureWithin, threshold }) as FaceHit[]
  const again = new Map(added.map(hit => [hit.photoId, hit]))
  const kept = matches.filter(({ photoId }) => !again.has(photoId))
  const confirmed = added.map(hit => {
    const pair = { distance: hit.distance, probeQuality: probe.quality, faceQuality: hit.quality }
    return { ...hit, confidence: sameProbability(pair, faceCount), band: 'likely' as const }
  })
  return [...kept, ...confirmed]
}
