import type { Db } from '@pix/db/client.ts'
import { hiddenFaces } from '@pix/db/schema/objections.ts'
import { calibrationFor } from '@pix/faces/judge/calibrate.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import { eq } from 'drizzle-orm'
import type { SearchOutcome } from '../searches/answer-search.ts'
import type { EventIndexes } from '../searches/event-indexes.ts'
import type { KeptProbe } from '../searches/probes.ts'

/** A face that was kept for an alert, opened by the worker. */
export interface FaceToCompare {
  eventId: string
  probe: KeptProbe
  /** The event's own outer bound, Euclidean distance. */
  bound: number | null
}

/**
 * Finds the photos that surely or likely show a face, as a search of this moment would. Hidden faces are found for nobody
 * here, not for the person who hid them either: that person does not want to be found.
 */
export async function compareFace(
  { db, indexes }: { db: Db; indexes: EventIndexes },
  { eventId, probe, bound }: FaceToCompare,
): Promise<SearchOutcome> {
  const hidden = await db
    .select({ faceId: hiddenFaces.faceId })
    .from(hiddenFaces)
    .where(eq(hiddenFaces.eventId, eventId))
  const index = await indexes.upToDate(eventId, probe.model)
  const leftOut = new Set(hidden.map(({ faceId }) => faceId))
  const matches = findMatches(index, probe, bound, calibrationFor(index.modelVersion), leftOut)
  const photoIds = matches.filter(({ band }) => band !== 'maybe').map(({ photoId }) => photoId)
  return { state: 'done', steps: {}, faces: index.size, photoIds }
}
