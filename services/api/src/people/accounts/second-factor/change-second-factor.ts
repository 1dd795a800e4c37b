import type { Tx } from '@pix/db/client.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { checkCode, refuseUnlessRight } from './check-code.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

/**
 * Makes new recovery codes in place of those of before.
 *
 * @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export const renewRecoveryCodes = (ctx: CallerContext, code: string): Promise<string[]> =>
  byCode(ctx, code, tx => makeRecoveryCodes(tx, ctx, ctx.caller.userId))

/**
 * Turns two-factor sign-in off. Recovery codes, and sign-ins that wait for a code, go with it. An account that has to have
 * it enrols again before anything else.
 *
 * @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export const disableSecondFactor = (ctx: CallerContext, code: string): Promise<void> =>
  byCode(ctx, code, async tx => {
    await tx.delete(secondFactors).where(eq(secondFactors.userId, ctx.caller.userId))
  })

async function byCode<T>(ctx: CallerContext, code: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  const { checked, result } = await ctx.db.transaction(async tx => {
    const outcome = await checkCode(ctx, tx, ctx.caller.userId, code)
    return { checked: outcome, result: outcome.kind === 'right' ? await change(tx) : null }
  })
  refuseUnlessRight(checked)
  return result as T
}
