import type { Queryable } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { restedSince } from '../rested-since.ts'

/** Tries a photo has before it is given up (spec/20 "States"). Counted in its row, so that no crash forgets one. */
const MAX_TRIES = 3

const unfinished = (photoId: string) => and(eq(photos.id, photoId), inArray(photos.state, ['queued', 'processing']))

/**
 * Begins a try. False when there is nothing to do: the photo is finished or gone, or its last try died with its worker.
 */
export async function beginTry(db: Queryable, photoId: string, now: Date): Promise<boolean> {
  const [begun] = await db
    .update(photos)
    .set({ state: 'processing', attempts: sql`${photos.attempts} + 1`, queuedAt: now })
    .where(and(unfinished(photoId), sql`${photos.attempts} < ${MAX_TRIES}`))
    .returning({ id: photos.id })
  if (begun) return true
  await giveUp(db, photoId, 'internal')
  return false
}

/** A try failed for a reason that another try may not meet. */
export async function endTry(
  db: Queryable,
  photoId: string,
  reason: 'timed_out' | 'internal',
  now: Date,
): Promise<'rests' | 'given_up'> {
  const [resting] = await db
    .update(photos)
    .set({ state: 'queued', queuedAt: now })
    .where(and(unfinished(photoId), sql`${photos.attempts} < ${MAX_TRIES}`))
    .returning({ id: photos.id })
  if (resting) return 'rests'
  await giveUp(db, photoId, reason)
  return 'given_up'
}

/** The worker stops, or lacks the engine of the photo's event: the try does not count. */
export async function giveBack(db: Queryable, photoId: string, now: Date): Promise<void> {
  await db
    .update(photos)
    .set({ state: 'queued', attempts: sql`greatest(${photos.attempts} - 1, 0)`, queuedAt: now })
    .where(and(eq(photos.id, photoId), eq(photos.state, 'processing')))
}

/** No further try would help. */
export async function giveUp(
  db: Queryable,
  photoId: string,
  failure: NonNullable<typeof photos.$inferSelect.failure>,
): Promise<void> {
  await db.update(photos).set({ state: 'failed', failure }).where(unfinished(photoId))
}

/** SQL: this queued photo has rested long enough. */
export const hasRested = (now: Date) => restedSince(photos.attempts, photos.queuedAt, now)
