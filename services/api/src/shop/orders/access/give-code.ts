import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { orderCodes } from '@pix/db/schema/orders.ts'
import { eq, sql } from 'drizzle-orm'
import { hashesOfCode } from '../../../base/codes.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { isOpenCode } from './codes.ts'
import { lockLinked } from './find-linked.ts'

/**
 * Opens an order for this session, until its downloads end, by a code that was mailed to the order's address. A wrong code
 * counts against every code that is out.
 *
 * @throws Problem `order_code_wrong`, or `order_code_over` where no code is out that may still be given
 */
export async function giveCode(
  ctx: BuyerContext,
  { token, code }: { token: string; code: string },
): Promise<{ orderId: string }> {
  const given = await ctx.db.transaction(async tx => {
    const { id: orderId, until } = await lockLinked(ctx, tx, token)
    const at = ctx.now()
    const open = await tx.select().from(orderCodes).where(isOpenCode(orderId, at)).for('update')
    if (open.length === 0 || !until) return 'order_code_over'
    const hashes = hashesOfCode(ctx, orderId, code)
    const right = open.find(({ codeHash }) => hashes.includes(codeHash))
    if (!right) {
      await tx
        .update(orderCodes)
        .set({ tries: sql`${orderCodes.tries} + 1` })
        .where(isOpenCode(orderId, at))
      return 'order_code_wrong'
    }
    await tx.update(orderCodes).set({ usedAt: at }).where(eq(orderCodes.id, right.id))
    await tx
      .insert(orderAccess)
      .values({ orderId, sessionId: ctx.buyer.sessionId, grantedAt: at, until })
      .onConflictDoUpdate({ target: [orderAccess.orderId, orderAccess.sessionId], set: { grantedAt: at, until } })
    return { orderId }
  })
  // Thrown after the commit: a try that failed stays counted.
  if (typeof given === 'string') throw new Problem(given)
  return given
}
