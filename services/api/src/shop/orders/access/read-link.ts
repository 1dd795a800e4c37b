import type { LinkedOrder } from '@pix/contracts/order-access.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { mailState } from '../mail-state.ts'
import { MOST_TRIES, newestCode, nextCodeAt } from './codes.ts'
import { findLinked } from './find-linked.ts'
import { maskEmail } from './mask-email.ts'

/** What the page of a letter's link shows. Reading it changes nothing: mail scanners open links, too. */
export async function readLink(ctx: BuyerContext, token: string): Promise<LinkedOrder> {
  const { id, number, email, isMine } = await findLinked(ctx, token)
  const newest = await newestCode(ctx, ctx.db, id)
  const next = await nextCodeAt(ctx, ctx.db, id)
  return {
    orderId: isMine ? id : null,
    number,
    email: maskEmail(email),
    code: newest && {
      mail: mailState(newest),
      expiresAt: newest.code.expiresAt.toISOString(),
      triesLeft: MOST_TRIES - newest.code.tries,
    },
    nextCodeAt: next?.toISOString() ?? null,
  }
}
