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
  if (!caller) return
  const [verified] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, caller.userId), isNotNull(users.emailVerifiedAt)))
  if (!verified) throw new Problem('email_not_verified')
}
