import type { Db } from '@pix/db/client.ts'
import { inboxLeft } from '@pix/db/schema/inbox.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { GIVEN_UP, outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { observeBacklog } from '@pix/platform/job-metrics.ts'
import { and, count, eq, gte, isNotNull, isNull, min, notExists, sql } from 'drizzle-orm'
import { waitsToBeBuilt } from './archives/open-lines.ts'
import { lettersGivenUp, suppressedAddressRows } from './metrics.ts'
import type { SweepDeps } from './sweep-deps.ts'

/** Puts how much waits, and for how long, into the metrics: the queue's depth, and the truth in the database. */
export async function watchQueues({ db, enqueue, now }: SweepDeps): Promise<void> {
  const [archives] = await db
    .select({ rows: count(), oldest: min(orderArchives.queuedAt) })
    .from(orderArchives)
    .where(waitsToBeBuilt(db, now()))
  observeBacklog(buildArchive.queue, archives!, await enqueue.depth(buildArchive), now())

  const [letters] = await db
    .select({ rows: count(), oldest: min(outgoingMail.createdAt) })
    .from(outgoingMail)
    .where(isNotNull(outgoingMail.nextTryAt))
  observeBacklog(sendMail.queue, letters!, await enqueue.depth(sendMail), now())

  await watchGivenUp(db)
}

/**
 * Letters that were given up, without those that somebody has left as they are in the inbox. A letter that an early
 * release gave up has no reason written beside it: its day had passed.
 */
async function watchGivenUp(db: Db): Promise<void> {
  const left = db
    .select({ one: sql`1` })
    .from(inboxLeft)
    .where(
      and(
        eq(inboxLeft.kind, 'mail'),
        eq(inboxLeft.itemId, outgoingMail.id),
        gte(inboxLeft.since, sql`coalesce(${outgoingMail.givenUpAt}, ${outgoingMail.createdAt})`),
      ),
    )
  const why = sql<string>`coalesce(${outgoingMail.givenUp}, 'expired')`
  const rows = await db
    .select({ why, letters: count() })
    .from(outgoingMail)
    .where(and(isNull(outgoingMail.sentAt), isNull(outgoingMail.nextTryAt), notExists(left)))
    .groupBy(why)
  for (const reason of GIVEN_UP) lettersGivenUp.set({ reason }, rows.find(row => row.why === reason)?.letters ?? 0)
  suppressedAddressRows.set(await db.$count(suppressedAddresses))
}
