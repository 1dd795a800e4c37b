import { studioMembers } from '@pix/db/schema/studios.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../base/context.ts'

/**
 * SQL: the caller has one of these roles in the row's studio; a platform admin has every role in every studio. It reads
 * the membership in the statement that it is part of.
 */
export function isMemberOf({ caller }: Pick<Context, 'caller'>, studioId: PgColumn, roles: readonly StudioRole[]): SQL {
  if (caller === null) return sql`false`
  if (caller.isPlatformAdmin) return sql`true`
  const mine = and(eq(studioMembers.userId, caller.userId), inArray(studioMembers.role, [...roles]))!
  return sql`exists (select 1 from ${studioMembers} where ${studioMembers.studioId} = ${studioId} and ${mine})`
}
