import type { Tx } from '@pix/db/client.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { open } from '@pix/db/sealed/seal.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { lockMs } from '../lockout.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { stepOf } from './totp.ts'

type Factor = typeof secondFactors.$inferSelect

/** What a code was good for. Wrong ones are counted, so nothing is thrown before the transaction has ended. */
export type Checked = { kind: 'right' } | { kind: 'wrong' } | { kind: 'locked'; seconds: number } | { kind: 'off' }

/** The second factor of an account, locked by this transaction, so that codes sent together are looked at in a row. */
export async function lockFactor(tx: Tx, userId: string): Promise<Factor | undefined> {
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update')
  return factor
}

/**
 * Looks at a code of the app or a recovery code, and uses it up. A code of the app is good once: one of the last accepted
 * time step, or of an earlier one, is wrong. From the fifth wrong code in a row on the account waits, longer each time;
 * only who knows the password, or is signed in, comes as far as this.
 */
export async function checkCode(ctx: Context, tx: Tx, userId: string, code: string): Promise<Checked> {
  const factor = await lockFactor(tx, userId)
  if (!factor?.confirmedAt) return { kind: 'off' }
  return checkCodeOf(ctx, tx, factor, code)
}

/** The same of a factor that {@link lockFactor} gave, also before it is confirmed. */
export async function checkCodeOf(ctx: Context, tx: Tx, factor: Factor, code: string): Promise<Checked> {
  const { now, settings } = ctx
  const { userId } = factor
  const lockedMs = (factor.lockedUntil?.getTime() ?? 0) - now().getTime()
  if (lockedMs > 0) return { kind: 'locked', seconds: Math.ceil(lockedMs / 1000) }

  const secret = open(settings.COLUMN_KEYS, secondFactors.secret, userId, factor.secret)
  const step = stepOf(secret, code.replaceAll(/\s/g, ''), now())
  const isFresh = step !== null && step > (factor.lastStep ?? -1)
  if (!isFresh && !(await takeRecoveryCode(tx, ctx, userId, code))) {
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
  return { kind: 'right' }
}

/** Refuses what was not right. @throws Problem `wrong_second_factor`, `account_locked` or `second_factor_off` */
export function refuseUnlessRight(checked: Checked): void {
  if (checked.kind === 'wrong') throw new Problem('wrong_second_factor')
  if (checked.kind === 'locked') throw new Problem('account_locked', { retryAfterSeconds: checked.seconds })
  if (checked.kind === 'off') throw new Problem('second_factor_off')
}
