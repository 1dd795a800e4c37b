import type { Reconciliation } from '@pix/contracts/reconciliation.ts'
import { reconciliations } from '@pix/db/schema/reconciliation.ts'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { selectReconciliations } from './list-reconciliations.ts'
import { KILLED_MS, reconcile } from './reconcile.ts'

/** Begins to compare a day, which goes on after the answer. @throws Problem `reconciliation_runs` */
export async function reconcileNow(ctx: CallerContext, day: string): Promise<Reconciliation> {
  const [id, at] = [ctx.newId(), ctx.now()]
  await ctx.db.transaction(async tx => {
    const runs = and(
      isNull(reconciliations.finishedAt),
      gt(reconciliations.startedAt, new Date(at.getTime() - KILLED_MS)),
    )
    if ((await tx.$count(reconciliations, runs)) > 0) throw new Problem('reconciliation_runs')
    await tx.insert(reconciliations).values({ id, day, startedAt: at, askedBy: ctx.caller.userId })
    await recordAudit({ ...ctx, db: tx }, 'books.compare', 'platform', { after: { day } })
  })
  reconcile(ctx, { id, day }).catch((error: unknown) =>
    ctx.log.error({ err: error, day }, 'the books were not compared'),
  )
  const [row] = await selectReconciliations(ctx, eq(reconciliations.id, id), 1)
  return row!
}
