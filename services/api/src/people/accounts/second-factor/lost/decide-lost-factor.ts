import { lostSecondFactors, secondFactors } from '@pix/db/schema/second-factors.ts'
import type { LostFactorDecision } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../../base/audit.ts'
import type { CallerContext, Joining } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'
import { turnOffFactor } from '../turn-off-factor.ts'

/**
 * Decides on a factor that somebody says is lost, as part of a transaction.
 *
 * @returns the letter's id
 * @throws Problem `illegal_state` before the wait is over, `forbidden` for one's own
 */
export async function decideLostFactor(
  ctx: Joining<CallerContext>,
  userId: string,
  { decision, reason }: { decision: LostFactorDecision; reason: string },
): Promise<string | null> {
  const { db: tx, caller, now } = ctx
  if (caller.userId === userId) throw new Problem('forbidden')
  // The factor is locked first, as it is when a code is looked at.
  await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update')
  const [lost] = await tx.delete(lostSecondFactors).where(eq(lostSecondFactors.userId, userId)).returning()
  if (!lost) throw new Problem('line_closed')
  const facts = { reason, after: { decision } }
  if (decision === 'kept') {
    await recordAudit(ctx, 'account.second_factor_kept', `user:${userId}`, facts)
    return null
  }
  if (now() < lost.waitsUntil) throw new Problem('illegal_state')
  await recordAudit(ctx, 'account.second_factor_reset', `user:${userId}`, facts)
  return turnOffFactor(ctx, tx, userId, lost.locale)
}
