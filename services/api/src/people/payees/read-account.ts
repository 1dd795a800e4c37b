import { type PayeeAccount, PayeeDetails } from '@pix/contracts/payees.ts'
import type { Queryable } from '@pix/db/client.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { open } from '@pix/db/sealed/seal.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** The owner of an account in the ledger, to whom it is owed. */
export interface PayeeKey {
  party: PayeeParty
  ownerId: string
}

export type AccountRow = typeof payeeAccounts.$inferSelect

/** As the key of a map. */
export const payeeKey = ({ party, ownerId }: PayeeKey): string => `${party} ${ownerId}`

/** The account that somebody entered last, and was not ended, by payee. */
export async function accountsOf(db: Queryable, ownerIds: readonly string[]): Promise<Map<string, AccountRow>> {
  if (ownerIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(payeeAccounts)
    .where(and(inArray(payeeAccounts.ownerId, [...ownerIds]), isNull(payeeAccounts.endedAt)))
  return new Map(rows.map(row => [payeeKey(row), row]))
}

/** The latest account of a payee, also one that is used no more. */
export async function latestAccount(db: Queryable, { party, ownerId }: PayeeKey): Promise<AccountRow | null> {
  const isIt = and(eq(payeeAccounts.party, party), eq(payeeAccounts.ownerId, ownerId))
  const [row] = await db.select().from(payeeAccounts).where(isIt).orderBy(desc(payeeAccounts.id)).limit(1)
  return row ?? null
}

/** The whole account. @throws Error once it is erased */
export function openAccount({ settings }: Pick<Context, 'settings'>, { id, details }: AccountRow): PayeeDetails {
  if (details === null) throw new Error(`the payee account ${id} is erased`)
  return PayeeDetails.parse(JSON.parse(open(settings.COLUMN_KEYS, payeeAccounts.details, id, details)))
}

/** What is shown of it, without its number and tax id. */
export function shownAccount(ctx: Pick<Context, 'settings'>, row: AccountRow): PayeeAccount {
  const { account: _, taxId, ...details } = openAccount(ctx, row)
  return {
    ...details,
    lastDigits: row.lastDigits,
    taxIdLastDigits: taxId.slice(-4),
    changedAt: row.createdAt.toISOString(),
    usableFrom: row.usableFrom.toISOString(),
  }
}
