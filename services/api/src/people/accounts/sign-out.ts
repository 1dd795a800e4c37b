import { users } from '@pix/db/schema/auth.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { endFamily } from './refresh-tokens.ts'

/** Ends a sign-in. Access tokens that are still out stop working where the session version is checked. */
export async function signOut(ctx: Context, refreshToken: string): Promise<void> {
  const userId = await endFamily(ctx, refreshToken)
  if (userId === null) return
  await ctx.db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
}
