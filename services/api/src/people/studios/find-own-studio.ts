import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq } from 'drizzle-orm'
import type { CallerContext, Joining } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { isMemberOf } from './member-of.ts'

export type StudioRow = typeof studios.$inferSelect

/**
 * A studio in which the caller has one of these roles, and which.
 *
 * @throws Problem `not_found`
 */
export async function findOwnStudio(
  ctx: Joining<CallerContext>,
  studioId: string,
  roles: readonly StudioRole[],
): Promise<{ studio: StudioRow; own: StudioRole | 'platform_admin' }> {
  const { db, caller } = ctx
  const isTheirs = and(eq(studioMembers.studioId, studios.id), eq(studioMembers.userId, caller.userId))
  const [found] = await db
    .select({ studio: studios, role: studioMembers.role })
    .from(studios)
    .leftJoin(studioMembers, isTheirs)
    .where(and(eq(studios.id, studioId), isMemberOf(ctx, studios.id, roles)))
  if (!found) throw notFound()
  return { studio: found.studio, own: caller.isPlatformAdmin ? 'platform_admin' : found.role! }
}
