import type { Db, Tx } from '@pix/db/client.ts'
import { keptFaces, objections } from '@pix/db/schema/objections.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { keptOut } from '@pix/faces/judge/kept-out.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { floatsOf } from '../searches/catch-up.ts'
import { roughCounts } from './rough-count.ts'

/** A person who wants to be left out of an event, and whether a face is theirs. */
export interface Objector {
  objectionId: string
  kind: 'hide' | 'delete'
  isTheirs: (face: Pick<DetectedFace, 'embedding' | 'quality'>) => boolean
}

/** Of events' faces, each of which moves the bound by little. The event is locked meanwhile. */
const faceCounts = roughCounts()

/** Everybody who agreed that their face of this model version is kept to leave later photos of them out. */
export async function findObjectors(db: Db | Tx, eventId: string, modelVersion: string): Promise<Objector[]> {
  const kept = await db
    .select({
      objectionId: keptFaces.objectionId,
      kind: objections.kind,
      embedding: keptFaces.embedding,
      quality: keptFaces.quality,
    })
    .from(keptFaces)
    .innerJoin(objections, eq(objections.id, keptFaces.objectionId))
    .where(and(eq(keptFaces.eventId, eventId), eq(keptFaces.modelVersion, modelVersion), isNull(objections.endedAt)))
  if (kept.length === 0) return []
  const faceCount = await faceCounts(eventId, () => db.$count(faces, eq(faces.eventId, eventId)))
  return kept.map(({ objectionId, kind, embedding, quality }) => ({
    objectionId,
    kind,
    isTheirs: keptOut({ embedding: floatsOf(embedding), quality }, faceCount, modelVersion),
  }))
}
