import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { endAllDevicesOf, endDeviceOf } from '../../people/accounts/index.ts'
import { lockUser } from './lock-user.ts'

/** Signs one device of an account out. @throws Problem `not_found` for a device that is not signed in to it */
export async function endSession(ctx: CallerContext, { id, session }: { id: string; session: string }): Promise<void> {
  await ctx.db.transaction(async tx => {
    await lockUser(tx, id)
    if (!(await endDeviceOf({ ...ctx, db: tx }, id, session))) throw notFound()
    await recordAudit({ ...ctx, db: tx }, 'user.sign_out', `user:${id}`, { devices: 1 })
  })
}

/** Signs every device of an account out. @throws Problem `own_account`: one's own are ended on the account's page */
export async function endSessions(ctx: CallerContext, userId: string): Promise<void> {
  if (ctx.caller.userId === userId) throw new Problem('own_account')
  await ctx.db.transaction(async tx => {
    await lockUser(tx, userId)
    const devices = await endAllDevicesOf({ ...ctx, db: tx }, userId)
    await recordAudit({ ...ctx, db: tx }, 'user.sign_out', `user:${userId}`, { devices })
  })
}
