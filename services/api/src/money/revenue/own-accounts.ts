import type { EarningParty } from '@pix/contracts/earnings.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'

/** The caller's accounts as a party: one as a photographer, one for each organizer that they are. */
export async function ownAccounts({ db, caller }: CallerContext, party: EarningParty): Promise<string[]> {
  const mine = db.select({ id: organizers.id }).from(organizers).where(eq(organizers.userId, caller.userId))
  const isMine =
    party === 'photographer'
      ? and(eq(ledgerAccounts.kind, 'photographer_payable'), eq(ledgerAccounts.ownerId, caller.userId))
      : and(eq(ledgerAccounts.kind, 'organizer_payable'), inArray(ledgerAccounts.ownerId, mine))
  const rows = await db.select({ id: ledgerAccounts.id }).from(ledgerAccounts).where(isMine)
  return rows.map(row => row.id)
}
