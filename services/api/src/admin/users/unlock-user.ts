import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { forgetFailures } from '../../people/accounts/index.ts'
import { lockUser } from './lock-user.ts'

/** Forgets the failed sign-ins of an account. A network that never signed in to it keeps its own count. */
export async function unlockUser(ctx: CallerContext, userId: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const user = await lockUser(tx, userId)
    await forgetFailures({ ...ctx, db: tx }, user)
    await recordAudit({ ...ctx, db: tx }, 'user.unlock', `user:${userId}`)
  })
}
