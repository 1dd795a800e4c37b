import type { Tx } from '@pix/db/client.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { and, eq, inArray, sum } from 'drizzle-orm'

/** What of a sale is nobody else's: the platform's and the studio's shares, with the VAT that is in them. */
const OWN = ['platform_revenue', 'studio_payable', 'vat_payable'] as const

/** Satang of the sales of these lines that the seller keeps. 0 where their sale is not posted. */
export async function ownShareOf(tx: Tx, lineIds: readonly string[]): Promise<number> {
  if (lineIds.length === 0) return 0
  const [found] = await tx
    .select({ amount: sum(ledgerEntries.amount).mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(
      and(
        eq(ledgerPostings.kind, 'sale'),
        inArray(ledgerEntries.lineId, [...lineIds]),
        inArray(ledgerAccounts.kind, [...OWN]),
      ),
    )
  return -(found?.amount ?? 0)
}
