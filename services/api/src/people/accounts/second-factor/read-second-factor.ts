import type { SecondFactor } from '@pix/contracts/second-factor.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { hasSecondFactor, requiresSecondFactor, secondFactorDueAt } from '../../../base/second-factor-rule.ts'
import { countRecoveryCodes } from './recovery-codes.ts'

/** Whether the account has its second factor on, has to have it, and since when. */
export async function readSecondFactor({ db, caller, settings }: CallerContext): Promise<SecondFactor> {
  const [user] = await db
    .select({ isOn: hasSecondFactor, isRequired: requiresSecondFactor, requiredAt: users.secondFactorRequiredAt })
    .from(users)
    .where(eq(users.id, caller.userId))
  if (!user) throw new Problem('unauthorized')
  const isRequired = settings.SECOND_FACTOR === 'required' && user.isRequired
  const isDue = isRequired && !user.isOn && user.requiredAt !== null
  return {
    isOn: user.isOn,
    isRequired,
    dueAt: isDue ? secondFactorDueAt(user.requiredAt!).toISOString() : null,
    recoveryCodesLeft: await countRecoveryCodes(db, caller.userId),
  }
}
