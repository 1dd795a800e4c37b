import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'
import { countFailure, refuseLocked } from './lockout.ts'
import { passwordFits } from './passwords.ts'
import { beginFamily, type SignedInUser } from './refresh-tokens.ts'

/**
 * Signs in by e-mail and password. Nothing in the answer, and little in its time, tells whether the account exists.
 *
 * @throws Problem `wrong_credentials`, or `account_locked` with the seconds left
 */
export async function signIn(
  deps: Deps,
  { email, password }: { email: string; password: string },
  device: string,
): Promise<{ refreshToken: string; user: SignedInUser }> {
  const { db } = deps
  const address = email.toLowerCase()
  const [user] = await db.select().from(users).where(eq(users.email, address))
  await refuseLocked(deps, address, user?.lockedUntil)

  const fits = await passwordFits(user?.passwordHash ?? null, password)
  if (!user || !fits || user.suspendedAt) {
    await countFailure(deps, address, user?.id ?? null)
    throw new Problem('wrong_credentials')
  }
  if (user.failedLogins > 0) {
    await db.update(users).set({ failedLogins: 0, lockedUntil: null }).where(eq(users.id, user.id))
  }
  return { refreshToken: await beginFamily(deps, user.id, device), user }
}
