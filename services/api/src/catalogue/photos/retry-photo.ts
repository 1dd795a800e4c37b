import type { CrewPhoto } from '@pix/contracts/photos.ts'
import type { Queryable } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { and, eq } from 'drizzle-orm'
import type { CallerContext, Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { manageEvent } from '../events/index.ts'
import { findCrewPhoto, keepPhoto, keptBy } from './find-photo.ts'
import { isFailed } from './is-failed.ts'

const atStart = ({ now }: Pick<Context, 'now'>) =>
  ({ state: 'queued', failure: null, attempts: 0, queuedAt: now() }) as const

/** Puts a failed photo back to the start of its processing. @throws Problem `illegal_state` for any other */
export async function retryPhoto(ctx: CallerContext, photoId: string): Promise<CrewPhoto> {
  const photo = await keepPhoto(ctx, photoId, async staff => {
    await requeuePhoto(staff, staff.db, photoId)
    return findCrewPhoto(staff, photoId)
  })
  await announceRetry(ctx, photo)
  return photo
}

/**
 * The same for every failed photo of an event. The face-workers enqueue what waits within seconds, as much at a time as
 * their queue has room for.
 *
 * @returns how many are processed again
 */
export async function retryFailedPhotos(ctx: CallerContext, eventId: string): Promise<number> {
  const { rowCount } = await manageEvent(ctx, eventId, staff =>
    staff.db
      .update(photos)
      .set(atStart(staff))
      .where(and(eq(photos.eventId, eventId), isFailed)),
  )
  const queued = rowCount ?? 0
  if (queued > 0) await ctx.live.publish(`photos:${eventId}`)
  return queued
}

/** What `retryPhoto` does as part of a transaction; after the commit comes `announceRetry`. @throws Problem `illegal_state` */
export async function requeuePhoto(
  ctx: Pick<CallerContext, 'now' | 'caller'>,
  tx: Queryable,
  photoId: string,
): Promise<{ id: string; eventId: string }> {
  const [queued] = await tx
    .update(photos)
    .set(atStart(ctx))
    .where(and(eq(photos.id, photoId), isFailed, keptBy(ctx)))
    .returning({ id: photos.id, eventId: photos.eventId })
  if (!queued) throw new Problem('illegal_state')
  return queued
}

export async function announceRetry(
  { enqueue, live }: Pick<Context, 'enqueue' | 'live'>,
  photo: { id: string; eventId: string },
): Promise<void> {
  await enqueue(processPhoto, { photoId: photo.id }, { priority: PRIORITY.single })
  await live.publish(`photos:${photo.eventId}`)
}
