import type { Db } from '@pix/db/client.ts'
import { orderArchives, outgoingMail } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { and, count, inArray, isNotNull, isNull, min } from 'drizzle-orm'
import { backlogAge, backlogRows, lettersGivenUp, queueDepth } from './worker-metrics.ts'

/** Puts how much waits, and for how long, into the metrics: the queue's depth, and the truth in the database. */
export async function watchQueues({ db, enqueue, now }: { db: Db; enqueue: Enqueue; now: () => Date }): Promise<void> {
  const waiting = [
    {
      job: processPhoto,
      rows: db
        .select({ rows: count(), oldest: min(photos.queuedAt) })
        .from(photos)
        .where(inArray(photos.state, ['queued', 'processing'])),
    },
    {
      job: searchFaces,
      rows: db
        .select({ rows: count(), oldest: min(searches.createdAt) })
        .from(searches)
        .where(inArray(searches.state, ['queued', 'processing'])),
    },
    {
      job: buildArchive,
      rows: db
        .select({ rows: count(), oldest: min(orderArchives.queuedAt) })
        .from(orderArchives)
        .where(inArray(orderArchives.state, ['queued', 'building'])),
    },
    {
      job: sendMail,
      rows: db
        .select({ rows: count(), oldest: min(outgoingMail.createdAt) })
        .from(outgoingMail)
        .where(isNotNull(outgoingMail.nextTryAt)),
    },
  ]
  for (const { job, rows } of waiting) {
    const { queue } = job
    const [found] = await rows
    backlogRows.set({ queue }, found?.rows ?? 0)
    backlogAge.set({ queue }, found?.oldest ? (now().getTime() - found.oldest.getTime()) / 1_000 : 0)
    queueDepth.set({ queue }, await enqueue.depth(job))
  }
  lettersGivenUp.set(await db.$count(outgoingMail, and(isNull(outgoingMail.sentAt), isNull(outgoingMail.nextTryAt))))
  queueDepth.set({ queue: readSelfies.queue }, await enqueue.depth(readSelfies))
}
