import { users } from '@pix/db/schema/auth.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { eq, isNull } from 'drizzle-orm'
import { toDataURL } from 'qrcode'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { checkCodeOf, lockFactor, refuseUnlessRight } from './check-code.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { newSecret, otpauthOf } from './totp.ts'

/**
 * Makes the secret for an authenticator app. It is shown this once, and counts from its first code on; until then a
 * second call makes another one.
 *
 * @throws Problem `second_factor_on`
 */
export async function beginSecondFactor(ctx: CallerContext): Promise<{ secret: string; qrImage: string }> {
  const { db, caller, settings, now } = ctx
  const { userId } = caller
  const secret = newSecret()
  const fresh = {
    secret: seal(settings.COLUMN_KEYS, secondFactors.secret, userId, secret),
    createdAt: now(),
    lastStep: null,
    failures: 0,
    lockedUntil: null,
  }
  const made = await db
    .insert(secondFactors)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: secondFactors.userId, set: fresh, setWhere: isNull(secondFactors.confirmedAt) })
    .returning({ userId: secondFactors.userId })
  if (made.length === 0) throw new Problem('second_factor_on')
  const [user] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthorized')
  return { secret, qrImage: await toDataURL(otpauthOf(secret, user.email), { margin: 1, width: 240 }) }
}

/**
 * Turns two-factor sign-in on: the code shows that the app has the secret.
 *
 * @returns the recovery codes, shown this once
 * @throws Problem `wrong_second_factor`, `account_locked`, `second_factor_on`, or `second_factor_off` where none was begun
 */
export async function confirmSecondFactor(ctx: CallerContext, code: string): Promise<string[]> {
  const { userId } = ctx.caller
  const { checked, codes } = await ctx.db.transaction(async tx => {
    const factor = await lockFactor(tx, userId)
    if (factor?.confirmedAt) throw new Problem('second_factor_on')
    if (!factor) throw new Problem('second_factor_off')
    const outcome = await checkCodeOf(ctx, tx, factor, code)
    if (outcome.kind !== 'right') return { checked: outcome, codes: [] }
    await tx.update(secondFactors).set({ confirmedAt: ctx.now() }).where(eq(secondFactors.userId, userId))
    return { checked: outcome, codes: await makeRecoveryCodes(tx, ctx, userId) }
  })
  refuseUnlessRight(checked)
  return codes
}
