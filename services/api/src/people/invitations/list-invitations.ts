import type { Invitation, listInvitations as contract } from '@pix/contracts/invitations.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { and, desc, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Joining } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { inStudio, MANAGERS } from '../studios/index.ts'
import { isOpen } from './open-invitation.ts'
import { toInvitation } from './write-invitation.ts'

type Query = z.output<typeof contract.schema.querystring>
type Row = typeof studioInvitations.$inferSelect

/** A page of open invitations, newest first by (sentAt, id). */
export async function pageOfInvitations(
  { db }: Pick<Joining<CallerContext>, 'db'>,
  query: Query,
  which: SQL | undefined,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const { createdAt, id } = studioInvitations
  const found = await db
    .select()
    .from(studioInvitations)
    .where(
      and(
        isOpen,
        which,
        after ? sql`(${createdAt}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(query.limit + 1)
  const rows = found.slice(0, query.limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return { rows, nextCursor: last ? encodeCursor([last.createdAt.getTime(), last.id]) : null }
}

/** Open invitations to a studio, newest first. */
export async function listInvitations(
  ctx: CallerContext,
  studioId: string,
  query: Query,
): Promise<{ items: Invitation[]; nextCursor: string | null }> {
  const which = and(eq(studioInvitations.studioId, studioId), isNotNull(studioInvitations.role))
  const { rows, nextCursor } = await inStudio(ctx, studioId, MANAGERS, staff => pageOfInvitations(staff, query, which))
  return { items: rows.map(row => toInvitation(row, row.role!)), nextCursor }
}
