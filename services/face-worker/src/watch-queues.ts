import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { makeBoughtPreview, processPhoto } from '@pix/jobs/photos.ts'
import { observeBacklog, queueDepth } from '@pix/platform/job-metrics.ts'
import { count, eq, inArray, min } from 'drizzle-orm'
import type { SweepDeps } from './sweep-deps.ts'

/** Puts how much waits, and for how long, into the metrics: the queue's depth, and the truth in the database. */
export async function watchQueues({ db, enqueue, now }: SweepDeps): Promise<void> {
  const [waitingPhotos] = await db
    .select({ rows: count(), oldest: min(photos.queuedAt) })
    .from(photos)
    .where(inArray(photos.state, ['queued', 'processing']))
  observeBacklog(processPhoto.queue, waitingPhotos!, await enqueue.depth(processPhoto), now())

  const [waitingSearches] = await db
    .select({ rows: count(), oldest: min(searches.createdAt) })
    .from(searches)
    .where(inArray(searches.state, ['queued', 'processing']))
  observeBacklog(searchFaces.queue, waitingSearches!, await enqueue.depth(searchFaces), now())

  const [waitingPreviews] = await db
    .select({ rows: count(), oldest: min(boughtPreviews.queuedAt) })
    .from(boughtPreviews)
    .where(eq(boughtPreviews.state, 'queued'))
  observeBacklog(makeBoughtPreview.queue, waitingPreviews!, await enqueue.depth(makeBoughtPreview), now())

  queueDepth.set({ queue: readSelfies.queue }, await enqueue.depth(readSelfies))
}
