import type { LostFactor } from '@pix/contracts/lost-factor.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { lostSecondFactors } from '@pix/db/schema/second-factors.ts'
import { LOST_FACTOR_WAIT_HOURS } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../../base/audit.ts'
import { newLinkToken } from '../../../../base/codes.ts'
import type { Context } from '../../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../../base/letters.ts'
import { Problem } from '../../../../base/problem.ts'
import { contactLine } from '../../../../base/support-contacts.ts'
import { findChallenge } from '../challenge.ts'
import { lockFactor } from '../check-code.ts'

/**
 * Records that a person who passed the first step of a sign-in has neither app nor recovery codes. The owner gets a
 * letter whose link ends the report. Pages of browsers that are signed in say it, too. Saying it again changes nothing:
 * no second letter, no other time.
 *
 * @param token of the sign-in that waits for its code
 * @throws Problem `sign_in_over`
 */
export async function reportLostFactor(
  ctx: Context,
  token: string | undefined,
  locale: 'th' | 'en',
): Promise<LostFactor> {
  const { now } = ctx
  const { waitsUntil, letterId } = await ctx.db.transaction(async tx => {
    const user = await findChallenge(tx, hashToken(token ?? ''), now())
    // Turning the factor off ends the sign-in, and may have done so since it was read.
    if (!user || !(await lockFactor(tx, user.id))) throw new Problem('sign_in_over')
    const keep = newLinkToken()
    const until = new Date(now().getTime() + LOST_FACTOR_WAIT_HOURS * 3_600_000)
    const [made] = await tx
      .insert(lostSecondFactors)
      .values({ userId: user.id, keepHash: hashToken(keep), locale, askedAt: now(), waitsUntil: until })
      .onConflictDoNothing({ target: lostSecondFactors.userId })
      .returning()
    if (!made) {
      const [known] = await tx.select().from(lostSecondFactors).where(eq(lostSecondFactors.userId, user.id))
      return { waitsUntil: known?.waitsUntil ?? until, letterId: null }
    }
    // Nobody is signed in: the line names whose sign-in waits.
    const them = { db: tx, from: ctx.from, caller: { userId: user.id } }
    await recordAudit(them, 'account.second_factor_lost', `user:${user.id}`)
    const written = await queueLetter(ctx, tx, {
      template: 'second_factor_lost',
      to: user.email,
      locale,
      facts: {},
      secrets: { token: keep },
      path: '/keep-two-factor',
      dedupeKey: `second_factor_lost:${ctx.newId()}`,
    })
    return { waitsUntil: until, letterId: written }
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  return { waitsUntil: waitsUntil.toISOString(), contact: await contactLine(ctx) }
}
