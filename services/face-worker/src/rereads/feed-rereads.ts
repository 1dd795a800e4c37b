import type { Db } from '@pix/db/client.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { rereadPhotos } from '@pix/db/schema/rereads.ts'
import { rereadPhoto } from '@pix/jobs/faces.ts'
import { type Enqueue, PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { type ChangeDeps, changeModel } from './change-model.ts'
import { mayBeTried, openRereads } from './reread-tries.ts'

export interface RereadDeps extends Pick<ChangeDeps, 'warm'> {
  db: Db
  enqueue: Enqueue
  log: Log
  now: () => Date
  /** Model versions of the faces that this worker's engines make. */
  models: readonly string[]
}

/**
 * Enqueues photos that are to be read again, the longest asked for first, as long as no new photo waits; an event all of
 * whose photos have been read changes to its new faces.
 *
 * @returns how many were enqueued
 */
export async function feedRereads(deps: RereadDeps): Promise<number> {
  const { db, enqueue, log, models } = deps
  const rereads = await openRereads(db, models)
  if (rereads.length === 0) return 0
  for (const reread of rereads)
    if ((await changeModel(deps, reread.id)) === 'changed')
      log.info({ eventId: reread.eventId, model: reread.model }, 'searches of an event look at its new faces')
  if ((await enqueue.depth(processPhoto)) > 0) return 0
  const open = await enqueue.keys(rereadPhoto)
  let room = (rereadPhoto.backlogLimit ?? Infinity) - open.length
  let enqueued = 0
  for (const reread of rereads) {
    if (room <= 0) break
    const waiting = await findWaiting(deps, reread, open, room)
    for (const data of waiting) if (await enqueue(rereadPhoto, data, { priority: PRIORITY.batch })) enqueued += 1
    room -= waiting.length
  }
  return enqueued
}

const findWaiting = (
  { db, now }: RereadDeps,
  reread: { id: string; eventId: string },
  open: readonly string[],
  limit: number,
) =>
  db
    .select({ photoId: photos.id })
    .from(photos)
    .leftJoin(rereadPhotos, and(eq(rereadPhotos.photoId, photos.id), eq(rereadPhotos.rereadId, reread.id)))
    .where(
      and(
        eq(photos.eventId, reread.eventId),
        eq(photos.state, 'processed'),
        isNull(photos.takenDownAt),
        mayBeTried(now()),
        notAmong(photos.id, open),
      ),
    )
    .orderBy(asc(photos.id))
    .limit(limit)
