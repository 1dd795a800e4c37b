import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import type { ShownBrowser } from '../complete-sign-in.ts'
import { findPlace } from '../find-place.ts'
import { forgive, takeTry } from '../lockout.ts'
import { passwordFits } from '../passwords.ts'

type User = typeof users.$inferSelect

/**
 * Asks the signed-in person for their password again. Tries are counted like those of a sign-in: a page left open is no
 * way to guess.
 *
 * @returns the account
 * @throws Problem `wrong_password`, also where the account has none, or `account_locked`
 */
export async function confirmPassword(ctx: CallerContext, password: string, browser: ShownBrowser): Promise<User> {
  const user = await findOwn(ctx)
  const place = await findPlace(ctx, user.email, browser)
  await takeTry(ctx, place)
  if (!(await passwordFits(user.passwordHash, password))) throw new Problem('wrong_password')
  await forgive(ctx, place)
  return user
}

/** The same where the account may have no password: then nothing is asked. @throws as {@link confirmPassword} */
export async function confirmPasswordIfAny(
  ctx: CallerContext,
  password: string | undefined,
  browser: ShownBrowser,
): Promise<User> {
  const user = await findOwn(ctx)
  return user.passwordHash === null ? user : confirmPassword(ctx, password ?? '', browser)
}

async function findOwn({ db, caller }: CallerContext): Promise<User> {
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, caller.userId), isNull(users.suspendedAt)))
  if (!user) throw new Problem('unauthorized')
  return user
}
