import type { Db } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { notAmong } from '@pix/db/not-among.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { makeBoughtPreview } from '@pix/jobs/photos.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import type { PriorityLimiter } from '../rereads/priority-limiter.ts'
import { restedSince } from '../rested-since.ts'
import type { PhotoPool } from './answer-photos.ts'
import type { BoughtOutcome } from './bought-preview.ts'
import type { SweepDeps } from '../sweep-deps.ts'

interface AnswerDeps {
  db: Db
  pool: Pick<PhotoPool, 'run'>
  limiter: PriorityLimiter
  live: Live
  log: Log
  now: () => Date
}

/**
 * How often a picture is tried, within an hour. The number is counted in its row, so that no crash forgets a try. A
 * later purchase of the photo begins to count again.
 */
const MAX_TRIES = 6
/** Rows that one sweep enqueues. */
const AT_ONCE = 300

const isWaiting = (photoId: string) => and(eq(boughtPreviews.photoId, photoId), eq(boughtPreviews.state, 'queued'))

/**
 * Answers jobs that make the pictures of bought photos, in the children that read new photos and in turn with those.
 * Each result is published for the pages of the photo's orders.
 */
export function createBoughtAnswers({ db, pool, limiter, live, log, now }: AnswerDeps) {
  let stopping = false

  async function attempt(photoId: string): Promise<string> {
    if (stopping || !(await beginTry(db, photoId, now()))) return 'nothing'
    try {
      const outcome = (await pool.run({ kind: 'bought', photoId })) as BoughtOutcome
      if (outcome.kind === 'refused') log.error({ photoId, ...outcome }, 'a bought photo cannot be shown to its buyers')
      await announce(photoId)
      return outcome.kind
    } catch (error) {
      if (stopping) return giveBack(db, photoId)
      log.error({ err: error, photoId }, 'a try at the picture of a bought photo failed')
      if (await giveUp(db, photoId)) await announce(photoId)
      return 'failed'
    }
  }

  async function announce(photoId: string): Promise<void> {
    const bought = await db
      .selectDistinct({ orderId: entitlements.orderId })
      .from(entitlements)
      .where(and(eq(entitlements.photoId, photoId), isBought()))
    for (const { orderId } of bought) await live.publish(`archive:${orderId}`)
  }

  return {
    answer: (photoId: string) => limiter.first(() => measured(makeBoughtPreview.queue, () => attempt(photoId))),
    /** From here on a try that fails does not count. Call it before the children are stopped. */
    stop: () => void (stopping = true),
  }
}

/** False when there is nothing to do: the picture is there or given up, or its last try died with its worker. */
async function beginTry(db: Db, photoId: string, at: Date): Promise<boolean> {
  const { rowCount } = await db
    .update(boughtPreviews)
    .set({ attempts: sql`${boughtPreviews.attempts} + 1`, queuedAt: at })
    .where(and(isWaiting(photoId), lt(boughtPreviews.attempts, MAX_TRIES)))
  if (rowCount === 0) await giveUp(db, photoId)
  return rowCount !== 0
}

/** The worker stops: the try does not count. */
async function giveBack(db: Db, photoId: string): Promise<'given_back'> {
  await db
    .update(boughtPreviews)
    .set({ attempts: sql`greatest(${boughtPreviews.attempts} - 1, 0)` })
    .where(isWaiting(photoId))
  return 'given_back'
}

/** @returns whether no try is left */
async function giveUp(db: Db, photoId: string): Promise<boolean> {
  const { rowCount } = await db
    .update(boughtPreviews)
    .set({ state: 'failed' })
    .where(and(isWaiting(photoId), gte(boughtPreviews.attempts, MAX_TRIES)))
  return rowCount !== 0
}

/** Asks for the pictures of bought photos that have no row: they were granted by a release that made none. */
export async function askForBought({ db, now }: { db: Db; now: () => Date }): Promise<void> {
  const at = now().toISOString()
  await db.execute(sql`
    insert into ${boughtPreviews} (photo_id, queued_at)
    select distinct photo_id, ${at}::timestamptz from ${entitlements} e
    where closed_at is null and valid_until > ${at}::timestamptz
      and not exists (select from ${boughtPreviews} p where p.photo_id = e.photo_id)
    order by photo_id
    on conflict do nothing`)
}

/** Enqueues the pictures that nobody works on: their job was lost, or their worker died or failed. */
export async function enqueueBought({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, makeBoughtPreview, enqueued =>
    db
      .select({ photoId: boughtPreviews.photoId })
      .from(boughtPreviews)
      .where(
        and(
          eq(boughtPreviews.state, 'queued'),
          restedSince(boughtPreviews.attempts, boughtPreviews.queuedAt, now()),
          notAmong(boughtPreviews.photoId, enqueued),
        ),
      )
      .orderBy(asc(boughtPreviews.queuedAt))
      .limit(AT_ONCE),
  )
}
