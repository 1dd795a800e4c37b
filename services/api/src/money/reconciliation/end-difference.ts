import type { Tx } from '@pix/db/client.ts'
import { differences } from '@pix/db/schema/reconciliation.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'

/** Ends a difference by hand, as part of a transaction. @throws Problem `line_closed` */
export async function endDifference(ctx: CallerContext, tx: Tx, id: string, reason: string): Promise<void> {
  const [ended] = await tx
    .update(differences)
    .set({ ended: 'by_hand', endedAt: ctx.now(), endedBy: ctx.caller.userId, reason })
    .where(and(eq(differences.id, id), isNull(differences.endedAt)))
    .returning()
  if (!ended) throw new Problem('line_closed')
  const { kind, subject } = ended
  await recordAudit({ ...ctx, db: tx }, 'difference.end', `difference:${id}`, { after: { kind, subject }, reason })
}
