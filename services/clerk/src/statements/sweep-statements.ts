import type { Db } from '@pix/db/client.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { drawStatement } from '@pix/jobs/statements.ts'
import { statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, eq, inArray, lt, or } from 'drizzle-orm'
import { hasRested } from '../file-tries.ts'
import type { SweepDeps } from '../sweep-deps.ts'

const KEPT_MS = KEPT.statementDays * 86_400_000
const AT_ONCE = 100

/** Enqueues the statements that nobody draws: their job was lost, or the process that drew them died or failed. */
export async function enqueueStatements({ db, enqueue, now }: SweepDeps): Promise<void> {
  const isFree = hasRested(statementFiles.attempts, statementFiles.queuedAt, now())
  await enqueueWaiting(enqueue, drawStatement, enqueued =>
    db
      .select({ statementId: statementFiles.id })
      .from(statementFiles)
      .where(and(inArray(statementFiles.state, ['queued', 'drawing']), isFree, notAmong(statementFiles.id, enqueued)))
      .limit(AT_ONCE),
  )
}

/** Deletes statements whose time is over, the file first: a crash between leaves a row that is found again. */
export async function expireStatements({
  db,
  storage,
  now,
}: {
  db: Db
  storage: Storage
  now: () => Date
}): Promise<void> {
  const isDue = or(
    lt(statementFiles.readyAt, new Date(now().getTime() - KEPT_MS)),
    and(eq(statementFiles.state, 'failed'), lt(statementFiles.queuedAt, new Date(now().getTime() - KEPT_MS))),
  )
  const due = await db.select({ id: statementFiles.id }).from(statementFiles).where(isDue).limit(AT_ONCE)
  for (const { id } of due)
    await db.transaction(async tx => {
      const still = and(eq(statementFiles.id, id), isDue)
      const [found] = await tx.select().from(statementFiles).where(still).for('update', { skipLocked: true })
      if (!found) return
      await storage.delete(MAIN_BUCKET, statementKey(id))
      await tx.delete(statementFiles).where(eq(statementFiles.id, id))
    })
}
