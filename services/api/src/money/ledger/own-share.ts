import type { Tx } from '@pix/db/client.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { and, eq, inArray, sum } from 'drizzle-orm'

type Account = (typeof ledgerAccounts.$inferSelect)['kind']

/**
 * The accounts of a sale that belong to no payee: the platform's and the studio's shares, with the VAT that is in them.
 */
const OWN: readonly Account[] = ['platform_revenue', 'studio_payable', 'vat_payable']

/** Satang of the sales of these lines that the seller keeps. 0 where their sale is not posted. */
export const ownShareOf = (tx: Tx, lineIds: readonly string[]): Promise<number> => postedOf(tx, lineIds, OWN)

/** Satang of VAT that was posted with the sales of these lines. */
export const postedVatOf = (tx: Tx, lineIds: readonly string[]): Promise<number> =>
  postedOf(tx, lineIds, ['vat_payable'])

async function postedOf(tx: Tx, lineIds: readonly string[], kinds: readonly Account[]): Promise<number> {
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
        inArray(ledgerAccounts.kind, [...kinds]),
      ),
    )
  return -(found?.amount ?? 0)
}
