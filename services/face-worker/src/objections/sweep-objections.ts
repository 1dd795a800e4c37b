import { notAmong } from '@pix/db/not-among.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { applyObjection } from '@pix/jobs/faces.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { and, isNull, lt } from 'drizzle-orm'
import type { SweepDeps } from '../sweep-deps.ts'

/** A job may be lost. A row that is older than this has no job on its way. */
const UNANSWERED_MS = 3_000

/** Enqueues again the objections for which nobody has looked through their event. */
export async function enqueueObjections({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, applyObjection, enqueued =>
    db
      .select({ objectionId: objections.id })
      .from(objections)
      .where(
        and(
          isNull(objections.lookedAt),
          isNull(objections.endedAt),
          lt(objections.askedAt, new Date(now().getTime() - UNANSWERED_MS)),
          notAmong(objections.id, enqueued),
        ),
      ),
  )
}
