import { users } from '@pix/db/schema/auth.ts'
import { cameraLogins } from '@pix/db/schema/cameras.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext, Context } from '../../../../base/context.ts'
import { dueColumns, isSecondFactorDue } from '../../../../base/due-factor.ts'
import { Problem } from '../../../../base/problem.ts'

/**
 * A context in which the login's photographer acts, with their rights of now. Null once the login was ended, or its
 * account was suspended or is gone.
 *
 * @throws Problem `second_factor_required` once the account may do nothing but turn one on
 */
export async function actForLogin(ctx: Context, loginId: string): Promise<CallerContext | null> {
  const [found] = await ctx.db
    .select({ userId: users.id, role: users.role, ...dueColumns })
    .from(cameraLogins)
    .innerJoin(users, eq(users.id, cameraLogins.photographerId))
    .where(
      and(
        eq(cameraLogins.id, loginId),
        isNull(cameraLogins.endedAt),
        isNull(users.suspendedAt),
        isNull(users.deletedAt),
      ),
    )
  if (!found) return null
  const { userId, role } = found
  if (await isSecondFactorDue(ctx, userId, found)) throw new Problem('second_factor_required')
  const memberships = await ctx.db
    .select({ studioId: studioMembers.studioId, role: studioMembers.role })
    .from(studioMembers)
    .where(eq(studioMembers.userId, userId))
  const isPlatformAdmin = role === 'platform_admin'
  return { ...ctx, caller: { userId, memberships, isPlatformAdmin, isPhotographer: true, isOrganizer: false } }
}
