import { constraintOf } from '@pix/db/broken-constraint.ts'
import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { notFound, Problem } from '../../base/problem.ts'

/** The account, locked until the transaction ends. @throws Problem `not_found`, also for a deleted one */
export async function lockUser(tx: Tx, userId: string): Promise<typeof users.$inferSelect> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .for('update')
  if (!user) throw notFound()
  return user
}

/** Runs what may take the last platform admin away. @throws Problem `last_platform_admin` where the database refuses it */
export async function keepingAnAdmin<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (constraintOf(error) === 'users_last_platform_admin') throw new Problem('last_platform_admin')
    throw error
  }
}
