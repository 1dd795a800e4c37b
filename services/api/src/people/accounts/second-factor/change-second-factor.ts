import type { Tx } from '@pix/db/client.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { confirmPasswordIfAny } from '../password/confirm-password.ts'
import { checkCode, type GivenCode, sendLetterOf } from './check-code.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { queueOwnerLetter } from './queue-owner-letter.ts'

/**
 * Makes new recovery codes in place of the earlier ones.
 *
 * @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export const renewRecoveryCodes = (ctx: CallerContext, given: GivenCode): Promise<string[]> =>
  byCode(ctx, given, async tx => {
    const { userId } = ctx.caller
    await recordAudit({ ...ctx, db: tx }, 'account.recovery_codes_renew', `user:${userId}`)
    return makeRecoveryCodes(ctx, tx, userId)
  })

/**
 * The caller shows their own code, before something that needs it.
 *
 * @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export const confirmOwnCode = (ctx: CallerContext, given: GivenCode): Promise<void> =>
  byCode(ctx, given, async () => undefined)

/**
 * The same where the account may have no second factor: then nothing is asked.
 *
 * @throws Problem `wrong_second_factor`, also where a code is missing, or `account_locked`
 */
export async function confirmOwnCodeIfAny(
  ctx: CallerContext,
  { code, locale }: { code: string | undefined; locale: 'th' | 'en' },
): Promise<void> {
  const isOn = and(eq(secondFactors.userId, ctx.caller.userId), isNotNull(secondFactors.confirmedAt))
  if ((await ctx.db.$count(secondFactors, isOn)) === 0) return
  if (code === undefined) throw new Problem('wrong_second_factor')
  await confirmOwnCode(ctx, { code, locale })
}

/**
 * Turns two-factor sign-in off. Recovery codes, and sign-ins that wait for a code, go with it. An account that has to have
 * it enrols again before anything else.
 *
 * @param password asked again where the account has one
 * @throws Problem `wrong_password`, `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export async function disableSecondFactor(
  ctx: CallerContext,
  { password, ...given }: GivenCode & { password?: string | undefined },
  browser: ShownBrowser,
): Promise<void> {
  const { id: userId } = await confirmPasswordIfAny(ctx, password, browser)
  const letter = await byCode(ctx, given, async tx => {
    await tx.delete(secondFactors).where(eq(secondFactors.userId, userId))
    await recordAudit({ ...ctx, db: tx }, 'account.second_factor_off', `user:${userId}`)
    return queueOwnerLetter(ctx, tx, 'second_factor_off', { userId, locale: given.locale, left: 0 })
  })
  if (letter !== null) await sendLetter(ctx, letter)
}

async function byCode<T>(ctx: CallerContext, given: GivenCode, change: (tx: Tx) => Promise<T>): Promise<T> {
  const { checked, result } = await ctx.db.transaction(async tx => {
    const outcome = await checkCode(ctx, tx, ctx.caller.userId, given)
    return { checked: outcome, result: outcome.kind === 'right' ? await change(tx) : null }
  })
  await sendLetterOf(ctx, checked)
  return result as T
}
