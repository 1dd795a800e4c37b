import type { Taken } from '@pix/contracts/inbox-line.ts'
import { users } from '@pix/db/schema/auth.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { and, eq, ne } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { holdLine, isLine, type LineKey } from './end-line.ts'

/**
 * Takes care of a line.
 *
 * @param from who has it, as the caller saw it
 * @throws Problem `taken_by_another` when somebody else got it first
 */
export async function takeLine(
  ctx: CallerContext,
  line: LineKey,
  from: string | null,
): Promise<z.output<typeof Taken>> {
  const { caller } = ctx
  return ctx.db.transaction(async tx => {
    const at = await holdLine(ctx, tx, line, from)
    await recordAudit({ ...ctx, db: tx }, 'inbox.take', `${line.kind}:${line.id}`, { before: { takenBy: from } })
    const [me] = await tx.select({ name: users.name }).from(users).where(eq(users.id, caller.userId))
    return { by: { id: caller.userId, name: me?.name ?? '' }, at: at.toISOString() }
  })
}

/** Gives a line back. One that nobody has stays so. @throws Problem `taken_by_another` */
export async function giveLineBack(ctx: CallerContext, line: LineKey): Promise<void> {
  const { caller } = ctx
  await ctx.db.transaction(async tx => {
    const [mine] = await tx
      .delete(inboxTakes)
      .where(and(isLine(line), eq(inboxTakes.userId, caller.userId)))
      .returning()
    if (mine) return recordAudit({ ...ctx, db: tx }, 'inbox.give_back', `${line.kind}:${line.id}`)
    const [other] = await tx
      .select()
      .from(inboxTakes)
      .where(and(isLine(line), ne(inboxTakes.userId, caller.userId)))
    if (other) throw new Problem('taken_by_another')
  })
}
