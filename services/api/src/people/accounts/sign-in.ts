import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { beginSignIn, type SignInStep } from './begin-sign-in.ts'
import type { ShownBrowser } from './complete-sign-in.ts'
import { countFailure, forgive, type Place, takeTry } from './lockout.ts'
import { warnOwner } from './unlock/warn-owner.ts'
import { passwordFits } from './passwords.ts'

/**
 * Signs in by e-mail and password. Neither the answer nor its time shows whether the account exists: what
 * is read, counted and hashed is the same for both until the password has fitted.
 *
 * @throws Problem `wrong_credentials`, or `account_locked` with the seconds left
 */
export async function signIn(
  ctx: Context,
  { place, password, browser }: { place: Place; password: string; browser: ShownBrowser },
): Promise<SignInStep> {
  const locks = await takeTry(ctx, place)
  const [user] = await ctx.db.select().from(users).where(eq(users.email, place.address))
  const fits = await passwordFits(user?.passwordHash ?? null, password)
  if (!user || !fits || user.suspendedAt) {
    await countFailure(ctx, place)
    if (locks && 'network' in place.from) await warnOwner(ctx, place.address, user)
    throw new Problem('wrong_credentials')
  }
  await forgive(ctx, place)
  return beginSignIn(ctx, user, browser)
}
