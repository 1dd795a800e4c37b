import type { Tx } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { lostSecondFactors } from '@pix/db/schema/second-factors.ts'
import { eq, type SQL } from 'drizzle-orm'
import { recordAudit } from '../../../../base/audit.ts'
import type { CallerContext, Context } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'

/** Keeps the factor, by the link of the letter: it was not lost. @throws Problem `link_used_up` */
export async function keepFactor(ctx: Context, token: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const kept = await endReport(ctx, tx, eq(lostSecondFactors.keepHash, hashToken(token)), 'letter')
    if (!kept) throw new Problem('link_used_up')
  })
}

/** Keeps the factor, by a browser that is signed in. Its sign-in has answered a code, or is older than the factor. */
export async function keepOwnFactor(ctx: CallerContext): Promise<void> {
  await ctx.db.transaction(tx => endReport(ctx, tx, eq(lostSecondFactors.userId, ctx.caller.userId), 'browser'))
}

/** A right code shows that nothing is lost, as part of the transaction that looks at it. */
export const keepByCode = async (ctx: Context, tx: Tx, userId: string): Promise<void> => {
  await endReport(ctx, tx, eq(lostSecondFactors.userId, userId), 'code')
}

/** @returns whether there was one */
async function endReport(ctx: Context, tx: Tx, which: SQL, by: 'letter' | 'code' | 'browser'): Promise<boolean> {
  const [gone] = await tx.delete(lostSecondFactors).where(which).returning()
  if (!gone) return false
  const them = { db: tx, from: ctx.from, caller: { userId: gone.userId } }
  await recordAudit(them, 'account.second_factor_kept', `user:${gone.userId}`, { after: { by } })
  return true
}
