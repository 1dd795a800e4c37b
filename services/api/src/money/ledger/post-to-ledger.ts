import type { Tx } from '@pix/db/client.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { slices } from '@pix/db/slices.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

export interface Entry {
  account: (typeof ledgerAccounts.$inferSelect)['kind']
  /** The photographer, organizer or studio whose account it is. */
  ownerId?: string
  /** Satang: debit positive, credit negative. Entries of 0 are left out. */
  amount: number
  /** Where it is a share of a sale: the order's line, its photo and its event. */
  lineId?: string
  photoId?: string
  eventId?: string
  memo?: string
}

type Fact = Pick<typeof ledgerPostings.$inferInsert, 'kind' | 'sourceKind' | 'sourceId' | 'orderId'>

/**
 * Writes one business fact into the ledger. The database refuses, at commit, a posting whose entries do not add up to
 * zero; and a second posting by the same source.
 */
export async function postToLedger(
  { now, newId }: Pick<Context, 'now' | 'newId'>,
  tx: Tx,
  fact: Fact,
  entries: readonly Entry[],
): Promise<void> {
  const postingId = newId()
  await tx.insert(ledgerPostings).values({ id: postingId, createdAt: now(), ...fact })
  const rows = []
  const accounts = new Map<string, string>()
  // Accounts are made in one order, so that two sales that need the same new ones do not wait in a circle.
  for (const entry of entries.filter(one => one.amount !== 0).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const accountId = accounts.get(keyOf(entry)) ?? (await accountOf(tx, newId, entry))
    accounts.set(keyOf(entry), accountId)
    const { amount, lineId, photoId, eventId, memo } = entry
    rows.push({ id: newId(), postingId, accountId, amount, lineId, photoId, eventId, memo })
  }
  for (const some of slices(rows)) await tx.insert(ledgerEntries).values(some)
}

const keyOf = ({ account, ownerId = '' }: Entry): string => `${account} ${ownerId}`

async function accountOf(tx: Tx, newId: () => string, { account, ownerId }: Entry): Promise<string> {
  const owner = ownerId === undefined ? isNull(ledgerAccounts.ownerId) : eq(ledgerAccounts.ownerId, ownerId)
  const find = () =>
    tx
      .select({ id: ledgerAccounts.id })
      .from(ledgerAccounts)
      .where(and(eq(ledgerAccounts.kind, account), owner))
  const [known] = await find()
  if (known) return known.id
  await tx
    .insert(ledgerAccounts)
    .values({ id: newId(), kind: account, ownerId: ownerId ?? null })
    .onConflictDoNothing()
  const [made] = await find()
  if (!made) throw new Error(`the account ${account} could not be made`)
  return made.id
}
