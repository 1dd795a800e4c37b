import type { CrewPhoto } from '@pix/contracts/photos.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { and, eq } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { findCrewPhoto, managedBy } from './find-photo.ts'

/** Puts a failed photo back to the start of its processing. @throws Problem `illegal_state` for any other */
export async function retryPhoto(ctx: CallerContext, photoId: string): Promise<CrewPhoto> {
  const { db, now, enqueue, live } = ctx
  const before = await findCrewPhoto(ctx, photoId)
  const [queued] = await db
    .update(photos)
    .set({ state: 'queued', failure: null, attempts: 0, queuedAt: now() })
    .where(and(eq(photos.id, photoId), eq(photos.state, 'failed'), managedBy(ctx)))
    .returning({ id: photos.id })
  if (!queued) throw new Problem('illegal_state')
  await enqueue(processPhoto, { photoId }, { priority: PRIORITY.single })
  await live.publish(`photos:${before.eventId}`)
  return findCrewPhoto(ctx, photoId)
}
