import type { User } from '@pix/contracts/auth.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { factorColumns, factorDueAt } from '../../base/second-factor-rule.ts'
import { standingColumns } from '../../base/standing.ts'

/**
 * An account as its owner sees it, with what it is in studios and events.
 *
 * @throws Problem `unauthorized` when the account is gone or suspended since the token was made
 */
export async function findUser(ctx: Pick<Context, 'db' | 'settings' | 'now'>, userId: string): Promise<User> {
  const [found] = await ctx.db
    .select({ user: users, factor: factorColumns, ...standingColumns })
    .from(users)
    .where(eq(users.id, userId))
  if (!found || found.user.suspendedAt) throw new Problem('unauthorized')
  const { user, factor, ...standing } = found
  const { id, email, name, role, emailVerifiedAt, passwordHash } = user
  const facts = { emailVerified: emailVerifiedAt !== null, hasPassword: passwordHash !== null }
  const ofFactor = {
    secondFactorDueAt: factorDueAt(ctx, factor),
    lostFactorWaitsUntil: factor.lostWaitsUntil?.toISOString() ?? null,
  }
  return { id, email, name, role, ...facts, ...ofFactor, ...standing }
}
