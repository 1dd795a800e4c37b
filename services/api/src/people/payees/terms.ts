import type { Queryable } from '@pix/db/client.ts'
import { payeeTerms } from '@pix/db/schema/payees.ts'
import { USUAL_WITHHOLDING_BP } from '@pix/domain/payout-amounts.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { StaffContext } from '../../base/context.ts'
import { payeeKey, type PayeeKey } from './read-account.ts'

/** The rates of withheld tax that a studio has agreed, basis points by payee. */
export async function withholdingOf(db: Queryable, studioId: string): Promise<(payee: PayeeKey) => number> {
  const rows = await db.select().from(payeeTerms).where(eq(payeeTerms.studioId, studioId))
  const agreed = new Map(rows.map(row => [payeeKey(row), row.withholdingBp]))
  return payee => agreed.get(payeeKey(payee)) ?? USUAL_WITHHOLDING_BP
}

/** Keeps a payee's rate, as part of a transaction. */
export async function agreeWithholding(staff: StaffContext, payee: PayeeKey, withholdingBp: number): Promise<void> {
  const { db, studioId, now } = staff
  const before = (await withholdingOf(db, studioId))(payee)
  const row = { withholdingBp, changedAt: now() }
  await db
    .insert(payeeTerms)
    .values({ studioId, party: payee.party, ownerId: payee.ownerId, ...row })
    .onConflictDoUpdate({ target: [payeeTerms.studioId, payeeTerms.party, payeeTerms.ownerId], set: row })
  await recordAudit(staff, 'payee.terms', `${payee.party}:${payee.ownerId}`, {
    before: { withholdingBp: before },
    after: { withholdingBp },
  })
}
