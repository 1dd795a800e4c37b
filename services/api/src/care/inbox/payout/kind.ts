import { baht } from '@pix/contracts/common.ts'
import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, exists, gt, inArray, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import { namesOf } from '../../../money/payouts/index.ts'
import { payeeKey } from '../../../people/payees/index.ts'
import type { Kind } from '../kind.ts'

/**
 * Payouts that came back, until their payee has another account, or is owed nothing any more. The payee may have
 * entered another account before the payout came back.
 */
export const payoutKind: Kind<'payout'> = {
  open: db => {
    const entered = db
      .select({ one: sql`1` })
      .from(payeeAccounts)
      .where(
        and(
          eq(payeeAccounts.party, payoutLines.party),
          eq(payeeAccounts.ownerId, payoutLines.ownerId),
          or(
            gt(payeeAccounts.createdAt, payoutLines.bouncedAt),
            and(isNull(payeeAccounts.endedAt), ne(payeeAccounts.id, payoutLines.accountId)),
          ),
        ),
      )
    const owed = db
      .select({ one: sql`1` })
      .from(ledgerAccounts)
      .where(
        and(
          sql`${ledgerAccounts.kind} = (${payoutLines.party}::text || '_payable')::account_kind`,
          eq(ledgerAccounts.ownerId, payoutLines.ownerId),
          sql`owed_to(${ledgerAccounts.id}) > 0`,
        ),
      )
    return db
      .select({ id: payoutLines.id, since: payoutLines.bouncedAt })
      .from(payoutLines)
      .where(and(eq(payoutLines.state, 'bounced'), notExists(entered), exists(owed)))
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
