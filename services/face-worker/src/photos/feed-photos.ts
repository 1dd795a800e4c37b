import type { Db } from '@pix/db/client.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { hasRested } from './photo-tries.ts'

export interface FeedDeps {
  db: Db
  enqueue: Enqueue
  now: () => Date
  /** Model versions of the faces that this worker's engines make. */
  models: readonly string[]
}

/** A photo can be in work without a job only when Redis lost it; this long is the time between row and job. */
const LOST_SECONDS = 30

/** Jobs sent to Redis without waiting for each other. */
const TOGETHER = 50

/**
 * Enqueues photos that wait and have no job: the backlog, those whose job was lost, those that rested after a failed
 * try, and those whose job died with its worker. As many as the queue has room for, longest waiting first. Photos of
 * events whose engine this worker lacks are left to another.
 *
 * @returns how many were enqueued
 */
export async function feedPhotos({ db, enqueue, now, models }: FeedDeps): Promise<number> {
  const open = await enqueue.keys(processPhoto)
  const room = (processPhoto.backlogLimit ?? Infinity) - open.length
  if (room <= 0) return 0
  const lostBefore = new Date(now().getTime() - LOST_SECONDS * 1000)
  const waiting = await db
    .select({ photoId: photos.id })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(
      and(
        or(isNull(events.faceModel), inArray(events.faceModel, [...models])),
        or(
          and(eq(photos.state, 'queued'), hasRested(now())),
          and(eq(photos.state, 'processing'), lt(photos.queuedAt, lostBefore)),
        ),
        notAmong(photos.id, open),
      ),
    )
    .orderBy(asc(photos.queuedAt))
    .limit(room)
  let enqueued = 0
  for (let from = 0; from < waiting.length; from += TOGETHER) {
    const jobs = waiting
      .slice(from, from + TOGETHER)
      .map(data => enqueue(processPhoto, data, { priority: PRIORITY.batch }))
    enqueued += (await Promise.all(jobs)).filter(Boolean).length
  }
  return enqueued
}
