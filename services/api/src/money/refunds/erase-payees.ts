import { refunds } from '@pix/db/schema/refunds.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { and, eq, isNotNull, lt, or } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'

const HOUR_MS = 3_600_000

/** Erases where money was to go, some time after it went or was refused. Until then people may ask about it. */
export async function erasePayees({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const since = new Date(now().getTime() - KEPT.refundPayeeDays * 24 * HOUR_MS)
  const isOver = or(lt(refunds.transferredAt, since), and(eq(refunds.state, 'refused'), lt(refunds.decidedAt, since)))
  await db
    .update(refunds)
    .set({ payee: null, statement: null })
    .where(and(isNotNull(refunds.payee), isOver))
}

/** Starts the sweep that does so. */
export const startRefundSweeps = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'erase_refund_payees', HOUR_MS, () => erasePayees(asSystem(deps))),
]
