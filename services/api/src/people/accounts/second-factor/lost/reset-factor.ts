import { appendAudit } from '@pix/db/append-audit.ts'
import type { Db } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { asSystem } from '@pix/db/tenant.ts'
import type { AuditAction } from '@pix/contracts/audit.ts'
import { eq } from 'drizzle-orm'
import type { LetterContext } from '../../../../base/letters.ts'
import { turnOffFactor } from '../turn-off-factor.ts'

const RESET: AuditAction = 'account.second_factor_reset'

/** Why nothing was reset: a sentence for the person who typed the command. */
export class NoFactor extends Error {
  override name = 'NoFactor'
}

/**
 * Turns the factor of an account off without a wait and without a second person's decision. It is for the operator of
 * the server who is the only platform admin (docs/decisions/0055).
 *
 * @param ctx the clock and the ids of the letter
 * @throws NoFactor where no account has the address, or the account has no factor
 */
export async function resetFactor(
  ctx: LetterContext & { db: Db },
  { email, reason, locale }: { email: string; reason: string; locale: 'th' | 'en' },
): Promise<void> {
  await ctx.db.transaction(async tx => {
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
    if (!user) throw new NoFactor(`There is no account of ${email}.`)
    const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, user.id)).for('update')
    if (!factor) throw new NoFactor(`The account of ${email} has no second factor.`)
    await appendAudit(asSystem({ db: tx }), RESET, `user:${user.id}`, { reason, by: 'command' })
    await turnOffFactor(ctx, tx, user.id, locale)
  })
}
