import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from './client.ts'
import { newId } from './ids.ts'
import { events } from './schema/events.ts'
import { faceRereads, rereadPhotos } from './schema/rereads.ts'

/** What happened to the request to have an event's photos read with other models. */
export type Asked =
  /** They are read again from now on. `again`: they were being read already, and those that failed get new tries. */
  | { kind: 'asked' | 'again'; rereadId: string }
  /** None of its photos has been read yet: they will be with these models. */
  | { kind: 'chosen' }
  /** They have been read with these models. */
  | { kind: 'same' }
  /** They are being read with other models at this moment, or what an earlier change left is not removed yet. */
  | { kind: 'busy' }
  | { kind: 'not_found' }

/**
 * Has an event's photos read again for faces of another model version. Searches go on with the faces there are until
 * every photo has been read.
 *
 * @param askedBy null: asked for by the command
 */
export async function askReread(
  tx: Tx,
  { eventId, model, askedBy, now }: { eventId: string; model: string; askedBy: string | null; now: Date },
): Promise<Asked> {
  const [event] = await tx
    .select({ model: events.faceModel, revision: events.indexRevision })
    .from(events)
    .where(eq(events.id, eventId))
    .for('no key update')
  if (!event) return { kind: 'not_found' }
  const [last] = await tx
    .select()
    .from(faceRereads)
    .where(and(eq(faceRereads.eventId, eventId), isNull(faceRereads.tidiedAt)))
  if (last) {
    if (last.toModel !== model || last.changedAt || last.cancelledAt) return { kind: 'busy' }
    await tx.delete(rereadPhotos).where(and(eq(rereadPhotos.rereadId, last.id), isNull(rereadPhotos.readAt)))
    return { kind: 'again', rereadId: last.id }
  }
  if (event.model === model) return { kind: 'same' }
  if (event.model === null) {
    await tx.update(events).set({ faceModel: model, faceBound: null }).where(eq(events.id, eventId))
    return { kind: 'chosen' }
  }
  const rereadId = newId()
  const reread = {
    id: rereadId,
    eventId,
    fromModel: event.model,
    toModel: model,
    askedBy,
    askedAt: now,
    askedRevision: event.revision,
  }
  await tx.insert(faceRereads).values(reread)
  return { kind: 'asked', rereadId }
}
