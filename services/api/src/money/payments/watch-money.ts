import { gatewayEvents, receipts } from '@pix/db/schema/payments.ts'
import { and, count, eq, gt, isNull } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { UNAPPLIED_REASONS, givenUpRecent, unappliedRecent } from './metrics.ts'

const DAY_MS = 86_400_000

/**
 * Puts money of the last 24 h that pays no order into the metrics, as the database has it: also of a gateway that is not
 * configured any more.
 */
export async function watchMoney({ db, now, gateways }: Pick<Deps, 'db' | 'now' | 'gateways'>): Promise<void> {
  const since = new Date(now().getTime() - DAY_MS)
  const kept = await db
    .select({ gateway: receipts.gateway, reason: receipts.reason, rows: count() })
    .from(receipts)
    .where(and(isNull(receipts.appliedAt), gt(receipts.receivedAt, since)))
    .groupBy(receipts.gateway, receipts.reason)
  const givenUp = await db
    .select({ gateway: gatewayEvents.gateway, rows: count() })
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.outcome, 'given_up'), gt(gatewayEvents.handledAt, since)))
    .groupBy(gatewayEvents.gateway)

  unappliedRecent.reset()
  givenUpRecent.reset()
  for (const gateway of gateways.keys()) {
    givenUpRecent.set({ gateway }, 0)
    for (const reason of UNAPPLIED_REASONS) unappliedRecent.set({ gateway, reason }, 0)
  }
  for (const { gateway, reason, rows } of kept) unappliedRecent.set({ gateway, reason: reason! }, rows)
  for (const { gateway, rows } of givenUp) givenUpRecent.set({ gateway }, rows)
}
