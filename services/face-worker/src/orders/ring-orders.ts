import type { Db } from '@pix/db/client.ts'
import { orderArchives, orders, outgoingMail } from '@pix/db/schema/orders.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, asc, eq, inArray, lt, lte, or, sql } from 'drizzle-orm'

export interface OrderSweepDeps {
  db: Db
  storage: Storage
  enqueue: Enqueue
  now: () => Date
}

const SECOND = 1_000
const BACKOFF = 30 * SECOND
/** Letters that are rung for at once. */
const LETTERS = 1_000
/** ZIPs that are deleted at once. */
const AT_ONCE = 20

/** Rings again for ZIPs and letters that nobody answered. */
export async function ringOrders({ db, enqueue, now }: OrderSweepDeps): Promise<void> {
  const archives = await db
    .select({ orderId: orderArchives.orderId })
    .from(orderArchives)
    .innerJoin(orders, eq(orders.id, orderArchives.orderId))
    .where(
      and(
        inArray(orderArchives.state, ['queued', 'building']),
        inArray(orders.status, ['paid', 'fulfilled']),
        or(eq(orderArchives.attempts, 0), lt(orderArchives.queuedAt, before(now, BACKOFF))),
        unheard(orderArchives.orderId, await enqueue.keys(buildArchive)),
      ),
    )
  for (const data of archives) await enqueue(buildArchive, data)

  const letters = await db
    .select({ mailId: outgoingMail.id })
    .from(outgoingMail)
    .where(and(lte(outgoingMail.nextTryAt, now()), unheard(outgoingMail.id, await enqueue.keys(sendMail))))
    .orderBy(asc(outgoingMail.nextTryAt))
    .limit(LETTERS)
  for (const data of letters) await enqueue(sendMail, data)
}

const unheard = (column: typeof outgoingMail.id | typeof orderArchives.orderId, open: string[]) =>
  sql`not (${column} = any(${sql.param(open)}::uuid[]))`

/**
 * Deletes ZIPs whose time is over; they are built again on request. Deleted first, marked after, under the row's lock: a
 * crash between leaves a row that is found again, and nobody builds a new one meanwhile.
 */
export async function expireArchives({ db, storage, now }: OrderSweepDeps): Promise<void> {
  const isDue = and(eq(orderArchives.state, 'ready'), lt(orderArchives.expiresAt, now()))
  const due = await db.select({ orderId: orderArchives.orderId }).from(orderArchives).where(isDue).limit(AT_ONCE)
  const ended = await Promise.allSettled(
    due.map(({ orderId }) =>
      db.transaction(async tx => {
        const still = and(eq(orderArchives.orderId, orderId), isDue)
        const [archive] = await tx.select().from(orderArchives).where(still).for('update', { skipLocked: true })
        if (!archive) return
        await storage.delete(MAIN_BUCKET, zipKey(archive.eventId, orderId))
        await tx
          .update(orderArchives)
          .set({ state: 'expired', progress: 0, bytes: null })
          .where(eq(orderArchives.orderId, orderId))
      }),
    ),
  )
  // One that cannot be deleted holds no other up.
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

const before = (now: () => Date, ms: number) => new Date(now().getTime() - ms)
