import type { User } from '@pix/contracts/auth.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { findUser } from './find-user.ts'
import { cleanName } from './registration/clean-name.ts'

/** Changes what somebody is called. */
export async function changeName(ctx: CallerContext, name: string): Promise<User> {
  const { db, caller } = ctx
  const [user] = await db
    .update(users)
    .set({ name: cleanName(name) })
    .where(and(eq(users.id, caller.userId), isNull(users.suspendedAt)))
    .returning({ id: users.id })
  if (!user) throw new Problem('unauthorized')
  return findUser(ctx, caller.userId)
}
