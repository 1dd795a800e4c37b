import type { UserDetail } from '@pix/contracts/users.ts'
import { users } from '@pix/db/schema/auth.ts'
import type { ROLES } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../people/accounts/index.ts'
import { keepingAnAdmin, lockUser } from './lock-user.ts'
import { readUser } from './read-user.ts'

interface RoleChange {
  role: (typeof ROLES)[number]
  reason: string
  password?: string | undefined
}

/**
 * Makes an account a platform admin or an ordinary one again. Its access tokens end. The caller confirms it with their
 * own password.
 *
 * @throws Problem `own_account`, `last_platform_admin`, `email_not_verified` for a new admin whose address nobody has
 *   shown to read, `illegal_state` where the role is theirs already or the account is suspended, `wrong_password`
 */
export async function changeRole(
  ctx: CallerContext,
  userId: string,
  { role, reason, password }: RoleChange,
  browser: ShownBrowser,
): Promise<UserDetail> {
  if (ctx.caller.userId === userId) throw new Problem('own_account')
  await confirmPasswordIfAny(ctx, password, browser)
  await keepingAnAdmin(() =>
    ctx.db.transaction(async tx => {
      const before = await lockUser(tx, userId)
      if (before.role === role || before.suspendedAt !== null) throw new Problem('illegal_state')
      if (role === 'platform_admin' && before.emailVerifiedAt === null) throw new Problem('email_not_verified')
      await tx.update(users).set({ role }).where(eq(users.id, userId))
      const facts = { before: { role: before.role }, after: { role }, reason }
      await recordAudit({ ...ctx, db: tx }, 'user.role', `user:${userId}`, facts)
    }),
  )
  return readUser(ctx, userId)
}
