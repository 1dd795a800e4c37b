import type { listMembers as contract, Member } from '@pix/contracts/studios.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { STUDIO_ROLES } from '@pix/domain/words.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../../base/cursor.ts'
import { findOwnStudio } from '../find-own-studio.ts'

const isRole = (value: unknown): value is Member['role'] => STUDIO_ROLES.some(role => role === value)

/** Who works for a studio, by (role, userId). */
export async function listMembers(
  ctx: CallerContext,
  studioId: string,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Member[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([role, id]) => (isRole(role) && isId(id) ? { role, id } : null))
  await findOwnStudio(ctx, studioId, ['owner', 'manager'])
  const { role, userId } = studioMembers
  const rows = await ctx.db
    .select({
      userId,
      name: users.name,
      email: users.email,
      role,
      since: studioMembers.createdAt,
      lastSeenAt: sql<string | null>`(
        select max(t.created_at) from ${refreshTokens} t where t.user_id = ${userId}
      )`.mapWith(refreshTokens.createdAt),
    })
    .from(studioMembers)
    .innerJoin(users, eq(users.id, userId))
    .where(
      and(
        eq(studioMembers.studioId, studioId),
        after ? sql`(${role}, ${userId}) > (${after.role}::studio_role, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(role), asc(userId))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit)
  const last = rows.length > items.length ? items.at(-1) : undefined
  return {
    items: items.map(({ since, lastSeenAt, ...member }) => ({
      ...member,
      since: since.toISOString(),
      lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString(),
    })),
    nextCursor: last ? encodeCursor([last.role, last.userId]) : null,
  }
}
