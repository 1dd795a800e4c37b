import type { Queryable } from '@pix/db/client.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { and, eq, inArray, isNotNull, lt, notExists, or, type SQL, sql } from 'drizzle-orm'

/**
 * Ends the bank accounts of these photographers and organizers, who are deleted, and erases each that no transfer is under way to.
 * The others are erased once their transfers are settled. Certificates stay: tax law orders it.
 */
export async function erasePayeeAccounts(tx: Queryable, ownerIds: readonly string[], at: Date): Promise<void> {
  if (ownerIds.length === 0) return
  const isTheirs = inArray(payeeAccounts.ownerId, [...ownerIds])
  await tx
    .update(payeeAccounts)
    .set({ endedAt: sql`coalesce(${payeeAccounts.endedAt}, ${at.toISOString()}::timestamptz)`, end: 'erased' })
    .where(isTheirs)
  // This is a statement of its own: it sees the lines whose approval the first one waited for.
  await eraseUnused(tx, isTheirs)
}

/** Erases those of these accounts whose person is deleted, as part of the transaction that settled a transfer to them. */
export const eraseSettledAccounts = (tx: Queryable, accountIds: readonly string[]): Promise<void> =>
  eraseUnused(tx, and(inArray(payeeAccounts.id, [...accountIds]), eq(payeeAccounts.end, 'erased')))

/**
 * Erases accounts that ended long ago, and those of deleted people that are still there. An account to which a transfer
 * is under way stays.
 */
export const eraseEndedAccounts = (db: Queryable, now: Date): Promise<void> =>
  eraseUnused(
    db,
    or(
      eq(payeeAccounts.end, 'erased'),
      lt(payeeAccounts.endedAt, new Date(now.getTime() - KEPT.payeeAccountDays * 86_400_000)),
    ),
  )

/**
 * Locks these accounts: until the transaction ends none of them is ended or erased. A transaction that does so waits,
 * and then sees the new lines.
 */
export async function holdAccounts(tx: Queryable, accountIds: readonly string[]): Promise<void> {
  await tx
    .select({ id: payeeAccounts.id })
    .from(payeeAccounts)
    .where(inArray(payeeAccounts.id, [...accountIds]))
    .orderBy(payeeAccounts.id)
    .for('no key update')
}

async function eraseUnused(db: Queryable, which: SQL | undefined): Promise<void> {
  const underWay = db
    .select({ one: sql`1` })
    .from(payoutLines)
    .where(and(eq(payoutLines.accountId, payeeAccounts.id), eq(payoutLines.state, 'approved')))
  await db
    .update(payeeAccounts)
    .set({ details: null, lastDigits: '0000' })
    .where(and(which, isNotNull(payeeAccounts.endedAt), isNotNull(payeeAccounts.details), notExists(underWay)))
}
