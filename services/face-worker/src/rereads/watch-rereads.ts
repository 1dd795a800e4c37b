import type { Db } from '@pix/db/client.ts'
import { isGoingOn, rereadProgress } from '@pix/db/reread-progress.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { rereadPhoto } from '@pix/jobs/faces.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { queueDepth } from '@pix/platform/job-metrics.ts'
import { rereadPhotos } from '../worker-metrics.ts'

/** Puts into the metrics how far the events are whose photos are read again. */
export async function watchRereads({ db, enqueue }: { db: Db; enqueue: Enqueue }): Promise<void> {
  const sums = { read: 0, waiting: 0, failed: 0 }
  for (const reread of await db.select().from(faceRereads).where(isGoingOn)) {
    const { photos, read, failed } = await rereadProgress(db, reread)
    sums.read += read
    sums.failed += failed
    sums.waiting += photos - read - failed
  }
  for (const [state, count] of Object.entries(sums)) rereadPhotos.set({ state }, count)
  queueDepth.set({ queue: rereadPhoto.queue }, await enqueue.depth(rereadPhoto))
}
