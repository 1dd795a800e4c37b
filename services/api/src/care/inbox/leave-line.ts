import type { Tx } from '@pix/db/client.ts'
import { inboxLeft } from '@pix/db/schema/inbox.ts'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { endLine, type LineKey } from './end-line.ts'
import { KINDS, openLines } from './kinds.ts'

/** Leaves a line as it is: it is gone until its row opens again. @throws Problem `taken_by_another`, `line_closed` */
export async function leaveLine(ctx: CallerContext, line: LineKey, reason: string): Promise<void> {
  await endLine(ctx, line, async tx => {
    await keepLeft(ctx, tx, line, reason)
    await KINDS[line.kind].leave?.(ctx, tx, line.id)
    await recordAudit({ ...ctx, db: tx }, 'inbox.leave', `${line.kind}:${line.id}`, { reason })
  })
}

/** `since` is copied in PostgreSQL: a `Date` would lose its microseconds, and the row would count as opened later. */
async function keepLeft({ now }: CallerContext, tx: Tx, { kind, id }: LineKey, reason: string): Promise<void> {
  await tx.execute(sql`
    insert into ${inboxLeft} (kind, item_id, since, reason, left_at)
    select kind, id, since, ${reason}, ${now().toISOString()}::timestamptz from ${openLines(tx, kind)} where id = ${id}
    on conflict (kind, item_id) do update
      set since = excluded.since, reason = excluded.reason, left_at = excluded.left_at`)
}
