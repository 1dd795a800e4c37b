import type { Queryable } from '@pix/db/client.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'

/** A transfer to this account came back: nothing more is paid to it, until its payee enters one again. */
export async function endBouncedAccount(db: Queryable, accountId: string, at: Date): Promise<void> {
  const isIt = and(eq(payeeAccounts.id, accountId), isNull(payeeAccounts.endedAt))
  await db.update(payeeAccounts).set({ endedAt: at, end: 'bounced' }).where(isIt)
}

/** Erases the bank accounts of these photographers and organizers. Certificates stay: tax law orders it. */
export async function erasePayeeAccounts(db: Queryable, ownerIds: readonly string[], at: Date): Promise<void> {
  if (ownerIds.length === 0) return
  await db
    .update(payeeAccounts)
    .set({
      details: null,
      lastDigits: '0000',
      endedAt: sql`coalesce(${payeeAccounts.endedAt}, ${at.toISOString()}::timestamptz)`,
      end: sql`coalesce(${payeeAccounts.end}, 'erased')`,
    })
    .where(inArray(payeeAccounts.ownerId, [...ownerIds]))
}
