import { differences } from '@pix/db/schema/reconciliation.ts'
import { inArray, isNull } from 'drizzle-orm'
import type { Kind } from '../kind.ts'

/** What gateways, receipts and ledger disagree about. */
export const differenceKind: Kind<'difference'> = {
  open: db =>
    db.select({ id: differences.id, since: differences.openedAt }).from(differences).where(isNull(differences.endedAt)),
  describe: async (db, ids) => {
    const rows = await db
      .select()
      .from(differences)
      .where(inArray(differences.id, [...ids]))
    return new Map(
      rows.map(({ id, kind, subject, day, facts, seenAt }) => [
        id,
        { difference: kind, subject, day, facts, seenAt: seenAt.toISOString() },
      ]),
    )
  },
}
