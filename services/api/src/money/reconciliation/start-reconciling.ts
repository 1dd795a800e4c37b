import { asSystem } from '@pix/db/tenant.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'
import { claimDaily, reconcile } from './reconcile.ts'
import { uncomparedDays } from './uncompared-days.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A day of Bangkok is compared from this hour of the next one on: what came at its end has settled then. */
const AFTER_MS = 60 * MINUTE_MS

/** The last day of Bangkok that is over long enough. */
export const dayToCompare = (now: Date): string => bangkokDay(new Date(now.getTime() - AFTER_MS - DAY_MS))

/** Compares the day that is over, and days before it that were missed while no process ran, unless that was done. */
export async function reconcileDaily(deps: Deps): Promise<void> {
  const ctx = asSystem(deps)
  for (const day of await uncomparedDays(ctx, dayToCompare(deps.now()))) {
    const claimed = await claimDaily(ctx, day)
    if (claimed) await reconcile(ctx, claimed)
  }
}

/** Does that every day. */
export const startReconciling = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'reconcile_books', 10 * MINUTE_MS, () => reconcileDaily(deps)),
]
