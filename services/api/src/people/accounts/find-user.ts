import type { User } from '@pix/contracts/auth.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'

/** The account that is signed in. @throws Problem `unauthorized` when the account is gone or suspended since the token was made */
export async function findUser({ db, caller }: CallerContext): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, caller.userId))
  if (!user || user.suspendedAt) throw new Problem('unauthorized')
  return { id: user.id, email: user.email, name: user.name, role: user.role }
}
