import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Context, Joining } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'

/**
 * Members show that they read their mail before they upload or buy (spec/80). A guest, who is nobody here, passes.
 *
 * @throws Problem `email_not_verified`
 */
export async function requireVerifiedEmail({ db, caller }: Pick<Joining<Context>, 'db' | 'caller'>): Promise<void> {
  if (caller && !(await hasVerifiedEmail({ db, caller }))) throw new Problem('email_not_verified')
}

/** Whether somebody is signed in who has shown that they read their mail. */
export async function hasVerifiedEmail({ db, caller }: Pick<Joining<Context>, 'db' | 'caller'>): Promise<boolean> {
  if (!caller) return false
  const verified = and(eq(users.id, caller.userId), isNotNull(users.emailVerifiedAt))
  return (await db.$count(users, verified)) > 0
}
