import { notAmong } from '@pix/db/not-among.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { and, asc, lte } from 'drizzle-orm'
import type { SweepDeps } from '../sweep-deps.ts'

/** Letters that are enqueued at once. */
const AT_ONCE = 1_000

/** Enqueues the letters that are due and that nobody works on: their job was lost, or their sender died or failed. */
export async function enqueueLetters({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, sendMail, enqueued =>
    db
      .select({ mailId: outgoingMail.id })
      .from(outgoingMail)
      .where(and(lte(outgoingMail.nextTryAt, now()), notAmong(outgoingMail.id, enqueued)))
      .orderBy(asc(outgoingMail.nextTryAt))
      .limit(AT_ONCE),
  )
}
