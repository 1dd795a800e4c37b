import type { listServiceKeys as contract, ServiceKey } from '@pix/contracts/service-keys.ts'
import { users } from '@pix/db/schema/auth.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { manageKeys } from './manage-keys.ts'

const columns = {
  id: serviceKeys.id,
  name: serviceKeys.name,
  scopes: serviceKeys.scopes,
  madeBy: users.name,
  createdAt: serviceKeys.createdAt,
  expiresAt: serviceKeys.expiresAt,
  lastUsedAt: serviceKeys.lastUsedAt,
  revokedAt: serviceKeys.revokedAt,
}

type Row = Pick<typeof serviceKeys.$inferSelect, Exclude<keyof typeof columns, 'madeBy'>> & { madeBy: string | null }

export const toServiceKey = (row: Row): ServiceKey => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  madeBy: row.madeBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
})

/** The keys of a studio, or the platform's, newest first; those that ended, too. @throws Problem `not_found` */
export async function listServiceKeys(
  ctx: CallerContext,
  { studio, limit, cursor }: z.output<typeof contract.schema.querystring>,
): Promise<{ items: ServiceKey[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const { studioId, createdAt, id } = serviceKeys
  const found = await manageKeys(ctx, studio ?? null, ({ db }) =>
    db
      .select(columns)
      .from(serviceKeys)
      .leftJoin(users, and(eq(users.id, serviceKeys.createdBy), isNull(users.deletedAt)))
      .where(
        and(
          studio === undefined ? isNull(studioId) : eq(studioId, studio),
          after ? sql`(${createdAt}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(limit + 1),
  )
  const rows = found.slice(0, limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return {
    items: rows.map(toServiceKey),
    nextCursor: last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
  }
}
