import type { Queryable } from '@pix/db/client.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { and, eq, isNull } from 'drizzle-orm'

/** A transfer to this account came back: nothing more is paid to it, until its payee enters one again. */
export async function endBouncedAccount(db: Queryable, accountId: string, at: Date): Promise<void> {
  const isIt = and(eq(payeeAccounts.id, accountId), isNull(payeeAccounts.endedAt))
  await db.update(payeeAccounts).set({ endedAt: at, end: 'bounced' }).where(isIt)
}
