import type { SecondFactor } from '@pix/contracts/second-factor.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { factorColumns, factorDueAt } from '../../../base/second-factor-rule.ts'
import { countRecoveryCodes } from './recovery-codes.ts'

/** Whether the account has its second factor on, has to have it, and since when. */
export async function readSecondFactor(ctx: CallerContext): Promise<SecondFactor> {
  const { db, caller, settings } = ctx
  const [user] = await db.select(factorColumns).from(users).where(eq(users.id, caller.userId))
  if (!user) throw new Problem('unauthorized')
  return {
    isOn: user.isOn,
    isRequired: settings.SECOND_FACTOR === 'required' && user.isRequired,
    dueAt: factorDueAt(ctx, user),
    recoveryCodesLeft: await countRecoveryCodes(db, caller.userId),
  }
}
