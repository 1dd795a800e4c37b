import type { User } from '@pix/contracts/auth.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import type { SignedInUser } from './refresh-tokens.ts'

/** An account as its owner sees it. */
export const shownUser = ({ id, email, name, role, emailVerifiedAt, passwordHash }: SignedInUser): User => ({
  id,
  email,
  name,
  role,
  emailVerified: emailVerifiedAt !== null,
  hasPassword: passwordHash !== null,
})

/** The account that is signed in. @throws Problem `unauthorized` when the account is gone or suspended since the token was made */
export async function findUser({ db, caller }: CallerContext): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, caller.userId))
  if (!user || user.suspendedAt) throw new Problem('unauthorized')
  return shownUser(user)
}
