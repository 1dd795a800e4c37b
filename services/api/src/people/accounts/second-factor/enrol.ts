import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { eq, isNull } from 'drizzle-orm'
import { toDataURL } from 'qrcode'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { requireVerifiedEmail } from '../registration/require-verified-email.ts'
import { confirmPasswordIfAny } from '../password/confirm-password.ts'
import { checkCodeOf, type GivenCode, lockFactor, sendLetterOf } from './check-code.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { queueOwnerLetter } from './queue-owner-letter.ts'
import { newSecret, otpauthOf } from './totp.ts'

/**
 * Makes the secret for an authenticator app. It is shown this once, and is in force from its first code on; until then
 * a second call makes another one. Only an account whose address is verified gets one, because anybody may register a
 * stranger's address.
 *
 * @param password asked again where the account has one
 * @throws Problem `email_not_verified`, `wrong_password`, `account_locked` or `second_factor_on`
 */
export async function beginSecondFactor(
  ctx: CallerContext,
  password: string | undefined,
  browser: ShownBrowser,
): Promise<{ secret: string; qrImage: string }> {
  const { db, settings, now } = ctx
  await requireVerifiedEmail(ctx)
  const { id: userId, email } = await confirmPasswordIfAny(ctx, password, browser)
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
  return { secret, qrImage: await toDataURL(otpauthOf(secret, email), { margin: 1, width: 240 }) }
}

/**
 * Turns two-factor sign-in on: the code shows that the app has the secret.
 *
 * @returns the recovery codes, shown this once
 * @throws Problem `email_not_verified`, `wrong_second_factor`, `account_locked`, `second_factor_on`, or `second_factor_off`
 *   where none was begun
 */
export async function confirmSecondFactor(ctx: CallerContext, given: GivenCode): Promise<string[]> {
  const { userId } = ctx.caller
  const { checked, codes, letter } = await ctx.db.transaction(async tx => {
    await requireVerifiedEmail({ ...ctx, db: tx })
    const factor = await lockFactor(tx, userId)
    if (factor?.confirmedAt) throw new Problem('second_factor_on')
    if (!factor) throw new Problem('second_factor_off')
    const outcome = await checkCodeOf(ctx, tx, factor, given)
    if (outcome.kind !== 'right') return { checked: outcome, codes: [], letter: null }
    await tx.update(secondFactors).set({ confirmedAt: ctx.now() }).where(eq(secondFactors.userId, userId))
    const made = await makeRecoveryCodes(ctx, tx, userId)
    await recordAudit({ ...ctx, db: tx }, 'account.second_factor_on', `user:${userId}`)
    const { locale } = given
    const written = await queueOwnerLetter(ctx, tx, 'second_factor_on', { userId, locale, left: made.length })
    return { checked: outcome, codes: made, letter: written }
  })
  await sendLetterOf(ctx, checked)
  if (letter !== null) await sendLetter(ctx, letter)
  return codes
}
