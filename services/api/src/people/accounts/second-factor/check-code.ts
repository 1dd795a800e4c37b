import type { Tx } from '@pix/db/client.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { open } from '@pix/db/sealed/seal.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { lockMs } from '../lockout.ts'
import { keepByCode } from './lost/keep-factor.ts'
import { countRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts'
import { queueOwnerLetter } from './queue-owner-letter.ts'
import { stepOf } from './totp.ts'

type Factor = typeof secondFactors.$inferSelect

/** A code as it was typed, and the language of the page: a used recovery code causes a letter. */
export interface GivenCode {
  code: string
  locale: 'th' | 'en'
}

/**
 * The result of looking at a code. A recovery code has left a letter, which `sendLetter` takes after the commit. Wrong
 * codes are counted, so nothing is thrown before the transaction has ended.
 */
export type Checked =
  | { kind: 'right'; letter: string | null }
  | { kind: 'wrong' }
  | { kind: 'locked'; seconds: number }
  | { kind: 'off' }

/** The second factor of an account, locked by this transaction, so that codes sent together are looked at in a row. */
export async function lockFactor(tx: Tx, userId: string): Promise<Factor | undefined> {
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update')
  return factor
}

/**
 * Looks at a code of the app or a recovery code, and uses it up. A code of the app is good once: a code of the last
 * accepted time step, or of an earlier one, is wrong. From the fifth wrong code in a row on the account waits, longer
 * each time. Only people who know the password, or are signed in, can cause that.
 */
export async function checkCode(ctx: Context, tx: Tx, userId: string, given: GivenCode): Promise<Checked> {
  const factor = await lockFactor(tx, userId)
  if (!factor?.confirmedAt) return { kind: 'off' }
  return checkCodeOf(ctx, tx, factor, given)
}

/** The same of a factor that {@link lockFactor} gave, also before it is confirmed. */
export async function checkCodeOf(ctx: Context, tx: Tx, factor: Factor, { code, locale }: GivenCode): Promise<Checked> {
  const { now, settings } = ctx
  const { userId } = factor
  const lockedMs = (factor.lockedUntil?.getTime() ?? 0) - now().getTime()
  if (lockedMs > 0) return { kind: 'locked', seconds: Math.ceil(lockedMs / 1000) }

  const secret = open(settings.COLUMN_KEYS, secondFactors.secret, userId, factor.secret)
  const step = stepOf(secret, code.replaceAll(/\s/g, ''), now())
  const isFresh = step !== null && step > (factor.lastStep ?? -1)
  if (!isFresh && !(await takeRecoveryCode(ctx, tx, userId, code))) {
    const failures = factor.failures + 1
    const ms = lockMs(failures)
    const lockedUntil = ms > 0 ? new Date(now().getTime() + ms) : null
    await tx.update(secondFactors).set({ failures, lockedUntil }).where(eq(secondFactors.userId, userId))
    return { kind: 'wrong' }
  }
  const lastStep = isFresh ? step : factor.lastStep
  await tx
    .update(secondFactors)
    .set({ lastStep, failures: 0, lockedUntil: null })
    .where(eq(secondFactors.userId, userId))
  await keepByCode(ctx, tx, userId)
  return { kind: 'right', letter: isFresh ? null : await reportRecoveryCode(ctx, tx, { userId, locale }) }
}

/** The request has no signed-in caller yet: the audit line names the owner of the code. @returns the letter's id */
async function reportRecoveryCode(
  ctx: Context,
  tx: Tx,
  { userId, locale }: { userId: string; locale: 'th' | 'en' },
): Promise<string | null> {
  const left = await countRecoveryCodes(tx, userId)
  const line = { db: tx, from: ctx.from, caller: { userId } }
  await recordAudit(line, 'account.recovery_code', `user:${userId}`, { after: { left } })
  return queueOwnerLetter(ctx, tx, 'recovery_code_used', { userId, locale, left })
}

/**
 * After the commit: refuses a code that was not right, and sends the letter about a recovery code.
 *
 * @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off`
 */
export async function sendLetterOf(ctx: Context, checked: Checked): Promise<void> {
  refuseUnlessRight(checked)
  if (checked.letter !== null) await sendLetter(ctx, checked.letter)
}

/** Refuses what was not right. @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off` */
function refuseUnlessRight(checked: Checked): asserts checked is Extract<Checked, { kind: 'right' }> {
  if (checked.kind === 'wrong') throw new Problem('wrong_second_factor')
  if (checked.kind === 'locked') throw new Problem('account_locked', { retryAfterSeconds: checked.seconds })
  if (checked.kind === 'off') throw new Problem('second_factor_off')
}
