import type { InboxKind } from '@pix/contracts/inbox.ts'
import type { Queryable, Tx } from '@pix/db/client.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { openLines } from './kinds.ts'

/** A line of the inbox. */
export interface LineKey {
  kind: InboxKind
  id: string
}

export const isLine = ({ kind, id }: LineKey) => and(eq(inboxTakes.kind, kind), eq(inboxTakes.itemId, id))

/**
 * Makes the caller the taker of a line until the transaction ends. Another request for the line waits, and then finds
 * it taken or closed.
 *
 * @param from the person who may have the line besides the caller: the caller takes it over from them
 * @throws Problem `taken_by_another`, `line_closed`
 */
export async function holdLine(ctx: CallerContext, tx: Tx, line: LineKey, from: string | null = null): Promise<Date> {
  const { caller, now } = ctx
  const mayHave = sql`${inboxTakes.userId} in (${caller.userId}::uuid, ${from}::uuid)`
  const [taken] = await tx
    .insert(inboxTakes)
    .values({ kind: line.kind, itemId: line.id, userId: caller.userId, takenAt: now() })
    .onConflictDoUpdate({
      target: [inboxTakes.kind, inboxTakes.itemId],
      set: { userId: caller.userId, takenAt: now() },
      setWhere: mayHave,
    })
    .returning({ at: inboxTakes.takenAt })
  if (!(await isOpen(tx, line))) throw new Problem('line_closed')
  if (!taken) throw new Problem('taken_by_another')
  return taken.at
}

async function isOpen(db: Queryable, { kind, id }: LineKey): Promise<boolean> {
  const { rows } = await db.execute(sql`select from ${openLines(db, kind)} where id = ${id}`)
  return rows.length > 0
}

/** Does what closes a line, for a caller who has taken it or takes it by this. Afterwards the line has no taker. */
export async function endLine<T>(ctx: CallerContext, line: LineKey, act: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.transaction(async tx => {
    await holdLine(ctx, tx, line)
    const done = await act(tx)
    await tx.delete(inboxTakes).where(isLine(line))
    return done
  })
}
