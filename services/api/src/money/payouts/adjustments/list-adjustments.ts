import type { Adjustment, listAdjustments as contract } from '@pix/contracts/adjustments.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { ledgerAdjustments } from '@pix/db/schema/payouts.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'
import { inStudio } from '../../../people/studios/index.ts'
import { nameOf, payeesOf } from './accounts.ts'
import { namesOf } from '../names-of.ts'

/** Corrections of a studio's books, newest first, by (createdAt, id). @throws Problem `not_found` for who does not own it */
export const listAdjustments = (
  ctx: CallerContext,
  { studio, limit, cursor }: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Adjustment[]; nextCursor: string | null }> =>
  inStudio(ctx, studio, ['owner'], async ({ db }) => {
    const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
    const { studioId, createdAt, id } = ledgerAdjustments
    const rest = after && sql`(${createdAt}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
    const found = await selectAdjustments(db, and(eq(studioId, studio), rest ?? undefined), limit + 1)
    const items = found.slice(0, limit)
    const last = found.length > items.length ? items.at(-1) : undefined
    return { items, nextCursor: last ? encodeCursor([Date.parse(last.at), last.id]) : null }
  })

/** With the names of who made them and whose accounts they name. */
export async function selectAdjustments(db: Queryable, which: SQL | undefined, most: number): Promise<Adjustment[]> {
  const rows = await db
    .select({ row: ledgerAdjustments, by: users.name })
    .from(ledgerAdjustments)
    .leftJoin(users, eq(users.id, ledgerAdjustments.createdBy))
    .where(which)
    .orderBy(desc(ledgerAdjustments.createdAt), desc(ledgerAdjustments.id))
    .limit(most)
  const sides = rows.map(({ row, by }) => ({
    row,
    by,
    from: { kind: row.fromKind, ownerId: row.fromOwner },
    to: { kind: row.toKind, ownerId: row.toOwner },
  }))
  const names = await namesOf(db, payeesOf(sides.flatMap(({ from, to }) => [from, to])))
  return sides.map(({ row, by, from, to }) => ({
    id: row.id,
    at: row.createdAt.toISOString(),
    by,
    reference: row.reference,
    reason: row.reason,
    amount: baht(row.amount),
    from: nameOf(from, names),
    to: nameOf(to, names),
  }))
}
