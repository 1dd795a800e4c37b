import { gatewayEvents, receipts } from '@pix/db/schema/payments.ts'
import { and, count, eq, gt, isNull } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { UNAPPLIED_REASONS } from './keep-money.ts'
import { givenUpRecent, unappliedRecent } from './metrics.ts'

const DAY_MS = 86_400_000

/** Puts money of the last 24 h that pays no order into the metrics, as the database has it. */
export async function watchMoney({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const since = new Date(now().getTime() - DAY_MS)
  const kept = await db
    .select({ reason: receipts.reason, rows: count() })
    .from(receipts)
    .where(and(isNull(receipts.appliedAt), gt(receipts.receivedAt, since)))
    .groupBy(receipts.reason)
  for (const reason of UNAPPLIED_REASONS)
    unappliedRecent.set({ reason }, kept.find(one => one.reason === reason)?.rows ?? 0)
  const givenUp = and(eq(gatewayEvents.outcome, 'given_up'), gt(gatewayEvents.handledAt, since))
  givenUpRecent.set(await db.$count(gatewayEvents, givenUp))
}
