import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { ownPayees } from '../payouts/index.ts'

export interface OwnAccounts {
  /** Ids of accounts of the ledger. */
  ids: string[]
  /** As whom they are owed. */
  payee: string
}

/**
 * The caller's accounts as a party: one as a photographer, one for each organizer that they are, one for each studio that they
 * own.
 *
 * @param studio a studio, where it is not all of them
 * @throws Problem `not_found` for a studio that the caller does not own
 */
export async function ownAccounts(ctx: CallerContext, party: PayeeParty, studio?: string): Promise<OwnAccounts> {
  const payees = (await ownPayees(ctx, party)).filter(({ ownerId }) => studio === undefined || ownerId === studio)
  if ((studio !== undefined || party === 'studio') && payees.length === 0) throw notFound()
  const ownerIds = payees.map(({ ownerId }) => ownerId)
  const rows = await ctx.db
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.kind, `${party}_payable`), inArray(ledgerAccounts.ownerId, ownerIds)))
  return { ids: rows.map(row => row.id), payee: payees.map(({ name }) => name).join(', ') }
}
