import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { lostSecondFactors } from '@pix/db/schema/second-factors.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { and, eq, inArray, max } from 'drizzle-orm'
import type { Kind } from '../kind.ts'

/** People who say that they lost their authenticator app and its recovery codes. */
export const lostFactorKind: Kind<'lost_factor'> = {
  open: db => db.select({ id: lostSecondFactors.userId, since: lostSecondFactors.askedAt }).from(lostSecondFactors),
  describe: async (db, ids) => {
    const rows = await db
      .select({
        lost: lostSecondFactors,
        user: { id: users.id, name: users.name, email: users.email },
        role: users.role,
      })
      .from(lostSecondFactors)
      .innerJoin(users, eq(users.id, lostSecondFactors.userId))
      .where(inArray(lostSecondFactors.userId, [...ids]))
    const owned = await db
      .select({ userId: studioMembers.userId, th: studios.nameTh, en: studios.nameEn })
      .from(studioMembers)
      .innerJoin(studios, eq(studios.id, studioMembers.studioId))
      .where(and(eq(studioMembers.role, 'owner'), inArray(studioMembers.userId, [...ids])))
      .orderBy(studios.nameEn)
    const active = await db
      .select({ userId: refreshTokens.userId, at: max(refreshTokens.createdAt) })
      .from(refreshTokens)
      .where(inArray(refreshTokens.userId, [...ids]))
      .groupBy(refreshTokens.userId)
    const lastActive = new Map(active.map(({ userId, at }) => [userId, at?.toISOString()]))
    return new Map(
      rows.map(({ lost, user, role }) => [
        user.id,
        {
          user,
          isPlatformAdmin: role === 'platform_admin',
          owns: owned.filter(({ userId }) => userId === user.id).map(({ th, en }) => ({ th, en })),
          waitsUntil: lost.waitsUntil.toISOString(),
          lastActiveAt: lastActive.get(user.id) ?? null,
        },
      ]),
    )
  },
}
