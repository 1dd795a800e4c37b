import type { UserDetail } from '@pix/contracts/users.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { isLockedOut, listDevicesOf } from '../../people/accounts/index.ts'
import { userColumns } from './list-users.ts'

/** One account, with where it is signed in. @throws Problem `not_found`, also for a deleted one */
export async function readUser(ctx: CallerContext, userId: string): Promise<UserDetail> {
  const { db, caller } = ctx
  const [user] = await db
    .select({
      ...userColumns,
      suspendedAt: users.suspendedAt,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
      hasSecondFactor: sql<boolean>`exists (
        select 1 from ${secondFactors} f where f.user_id = users.id and f.confirmed_at is not null)`,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
  if (!user) throw notFound()
  const { suspendedAt, createdAt, ...shown } = user
  const sessions = await listDevicesOf(ctx, userId, null)
  const paidOrders = and(eq(orders.buyerEmail, user.email), isNotNull(orders.paidAt))
  return {
    ...shown,
    createdAt: createdAt.toISOString(),
    suspended: suspendedAt && { at: suspendedAt.toISOString(), reason: await reasonOf(ctx, userId) },
    isLocked: await isLockedOut(ctx, user),
    orders: user.isVerified ? await db.$count(orders, paidOrders) : 0,
    sessions: sessions.map(({ id, device, network, lastUsedAt }) => ({ id, device, network, lastUsedAt })),
    isSelf: caller.userId === userId,
  }
}

/** Why it was suspended last, as the audit keeps it; null where no admin of the console did it. */
async function reasonOf({ db }: Pick<CallerContext, 'db'>, userId: string): Promise<string | null> {
  const [line] = await db
    .select({ reason: sql<string | null>`${auditEvents.detail} ->> 'reason'` })
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, `user:${userId}`), eq(auditEvents.action, 'user.suspend')))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(1)
  return line?.reason ?? null
}
