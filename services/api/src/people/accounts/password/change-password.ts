import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { completeSignIn, type ShownBrowser, type SignIn } from '../complete-sign-in.ts'
import { confirmPassword } from './confirm-password.ts'
import { setPassword } from './set-password.ts'

/**
 * Sets a new password by the present one. All sign-ins end, and this browser gets a new one.
 *
 * @throws Problem `wrong_password`, `account_locked`, `password_common` or `password_personal`
 */
export async function changePassword(
  ctx: CallerContext,
  { current, ...chosen }: { current: string; password: string; locale: 'th' | 'en' },
  browser: ShownBrowser,
): Promise<SignIn> {
  const before = await confirmPassword(ctx, current, browser)
  const mine = and(eq(users.id, before.id), isNull(users.suspendedAt))
  const { user, mailId } = await ctx.db.transaction(async tx => {
    const [found] = await tx.select().from(users).where(mine).for('update')
    // Another change came first: what was typed is no longer the present password.
    if (found?.passwordHash !== before.passwordHash) throw new Problem('wrong_password')
    return setPassword(ctx, tx, found, { ...chosen, byMail: false })
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return completeSignIn(ctx, user, browser)
}
