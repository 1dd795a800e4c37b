import type { LinkedOrder } from '@pix/contracts/order-access.ts'
import { orderCodes } from '@pix/db/schema/orders.ts'
import { hashesOfCode, newCode } from '../../../base/codes.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { CODE_GOOD_MS, nextCodeAt } from './codes.ts'
import { lockLinked } from './find-linked.ts'
import { readLink } from './read-link.ts'
import { LINK_PATH } from './write-link.ts'

/**
 * Mails a code to the order's address. Codes that are out stay good: letters overtake each other, and two browsers may
 * ask at the same time.
 *
 * @throws Problem `too_many_codes` with the seconds left
 */
export async function sendCode(ctx: BuyerContext, token: string): Promise<LinkedOrder> {
  const letterId = await ctx.db.transaction(async tx => {
    const order = await lockLinked(ctx, tx, token)
    const at = ctx.now()
    const next = await nextCodeAt(ctx, tx, order.id)
    if (next) {
      const leftMs = next.getTime() - at.getTime()
      throw new Problem('too_many_codes', { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)) })
    }
    const [id, code] = [ctx.newId(), newCode()]
    const written = await queueLetter(ctx, tx, {
      template: 'order_code',
      to: order.email,
      locale: order.locale,
      storefront: order.storefront,
      facts: { number: order.number },
      secrets: { code, token },
      path: LINK_PATH,
      dedupeKey: `order_code:${id}`,
    })
    await tx.insert(orderCodes).values({
      id,
      orderId: order.id,
      codeHash: hashesOfCode(ctx, order.id, code)[0]!,
      letterId: written,
      createdAt: at,
      expiresAt: new Date(at.getTime() + CODE_GOOD_MS),
    })
    return written
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  return readLink(ctx, token)
}
