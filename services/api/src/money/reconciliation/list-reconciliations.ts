import type { Difference, listDifferences as contract, Reconciliation } from '@pix/contracts/reconciliation.ts'
import type { PageQuery } from '@pix/contracts/common.ts'
import { users } from '@pix/db/schema/auth.ts'
import { differences, reconciliations } from '@pix/db/schema/reconciliation.ts'
import { and, desc, eq, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'

/** What was compared, newest first. */
export async function selectReconciliations(
  { db }: Pick<Context, 'db'>,
  which: SQL | undefined,
  most: number,
): Promise<Reconciliation[]> {
  const rows = await db
    .select({ row: reconciliations, askedBy: users.name })
    .from(reconciliations)
    .leftJoin(users, eq(users.id, reconciliations.askedBy))
    .where(which)
    .orderBy(desc(reconciliations.startedAt), desc(reconciliations.id))
    .limit(most)
  return rows.map(({ row: { startedAt, finishedAt, ...row }, askedBy }) => ({
    ...row,
    askedBy,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }))
}

/** The same page by page, by (started, id). */
export async function listReconciliations(
  ctx: Pick<Context, 'db'>,
  { limit, cursor }: z.output<typeof PageQuery>,
): Promise<{ items: Reconciliation[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const { startedAt, id } = reconciliations
  const rest = after ? or(lt(startedAt, after.at), and(eq(startedAt, after.at), lt(id, after.id))) : undefined
  const found = await selectReconciliations(ctx, rest, limit + 1)
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor([Date.parse(last.startedAt), last.id]) : null }
}

/** What is open, or all of one day, newest first by (opened, id). */
export async function listDifferences(
  { db }: Pick<Context, 'db'>,
  { limit, cursor, day }: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Difference[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const { openedAt, id } = differences
  const rest = after ? or(lt(openedAt, after.at), and(eq(openedAt, after.at), lt(id, after.id))) : undefined
  const which = day === undefined ? isNull(differences.endedAt) : eq(differences.day, day)
  const rows = await db
    .select({ row: differences, endedBy: users.name })
    .from(differences)
    .leftJoin(users, eq(users.id, differences.endedBy))
    .where(and(which, rest))
    .orderBy(desc(openedAt), desc(id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ row, endedBy }) => ({
    ...row,
    endedBy,
    openedAt: row.openedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor([Date.parse(last.openedAt), last.id]) : null }
}
