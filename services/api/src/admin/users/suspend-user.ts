import type { UserDetail } from '@pix/contracts/users.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { endAllDevicesOf } from '../../people/accounts/index.ts'
import { keepingAnAdmin, lockUser } from './lock-user.ts'
import { readUser } from './read-user.ts'

/**
 * Suspends an account, which signs it out everywhere, or lifts its suspension. What it bought can still be downloaded by
 * the links in its letters.
 *
 * @throws Problem `own_account`, `last_platform_admin`, `illegal_state` where it is so already
 */
export async function suspendUser(
  ctx: CallerContext,
  userId: string,
  { suspended, reason }: { suspended: boolean; reason: string },
): Promise<UserDetail> {
  if (ctx.caller.userId === userId) throw new Problem('own_account')
  await keepingAnAdmin(() =>
    ctx.db.transaction(async tx => {
      const before = await lockUser(tx, userId)
      if ((before.suspendedAt !== null) === suspended) throw new Problem('illegal_state')
      const suspendedAt = suspended ? ctx.now() : null
      await tx.update(users).set({ suspendedAt }).where(eq(users.id, userId))
      if (suspended) await endAllDevicesOf({ ...ctx, db: tx }, userId)
      const subject = `user:${userId}`
      if (suspended) await recordAudit({ ...ctx, db: tx }, 'user.suspend', subject, { reason })
      else await recordAudit({ ...ctx, db: tx }, 'user.lift', subject, { reason })
    }),
  )
  return readUser(ctx, userId)
}
