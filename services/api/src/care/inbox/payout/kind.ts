import { baht } from '@pix/contracts/common.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, gt, inArray, notExists, sql } from 'drizzle-orm'
import { namesOf } from '../../../money/payouts/index.ts'
import { payeeKey } from '../../../people/payees/index.ts'
import type { Kind } from '../kind.ts'

/** Payouts that came back, until their payee enters another account. */
export const payoutKind: Kind<'payout'> = {
  open: db => {
    const entered = db
      .select({ one: sql`1` })
      .from(payeeAccounts)
      .where(
        and(
          eq(payeeAccounts.party, payoutLines.party),
          eq(payeeAccounts.ownerId, payoutLines.ownerId),
          gt(payeeAccounts.createdAt, payoutLines.bouncedAt),
        ),
      )
    return db
      .select({ id: payoutLines.id, since: payoutLines.bouncedAt })
      .from(payoutLines)
      .where(and(eq(payoutLines.state, 'bounced'), notExists(entered)))
  },
  describe: async (db, ids) => {
    const rows = await db
      .select({ line: payoutLines, number: payoutBatches.number })
      .from(payoutLines)
      .innerJoin(payoutBatches, eq(payoutBatches.id, payoutLines.batchId))
      .where(inArray(payoutLines.id, [...ids]))
    const names = await namesOf(
      db,
      rows.map(({ line }) => line),
    )
    return new Map(
      rows.map(({ line, number }) => [
        line.id,
        {
          number,
          batchId: line.batchId,
          studioId: line.studioId,
          party: line.party,
          name: names.get(payeeKey(line)) ?? '',
          amount: baht(line.net),
          reason: line.bounceReason ?? '',
        },
      ]),
    )
  },
}
