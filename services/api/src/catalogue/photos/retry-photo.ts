import type { CrewPhoto } from '@pix/contracts/photos.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { and, eq } from 'drizzle-orm'
import type { Caller } from '../../base/caller.ts'
import type { Deps } from '../../base/deps.ts'
import { Problem } from '../../base/problem.ts'
import { findCrewPhoto, ownedBy } from './find-photo.ts'

/** Puts a failed photo back to the start of its processing. @throws Problem `illegal_state` for any other */
export async function retryPhoto(
  { db, now, enqueue, live }: Deps,
  photoId: string,
  caller: Caller,
): Promise<CrewPhoto> {
  const before = await findCrewPhoto(db, photoId, caller)
  const [queued] = await db
    .update(photos)
    .set({ state: 'queued', failure: null, attempts: 0, queuedAt: now() })
    .where(and(eq(photos.id, photoId), eq(photos.state, 'failed'), ownedBy(caller)))
    .returning({ id: photos.id })
  if (!queued) throw new Problem('illegal_state')
  await enqueue(processPhoto, { photoId }, { priority: PRIORITY.single })
  await live.publish(`photos:${before.eventId}`)
  return findCrewPhoto(db, photoId, caller)
}
