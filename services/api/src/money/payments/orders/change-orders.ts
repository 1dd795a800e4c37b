import type { Order } from '@pix/contracts/orders.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { cancelOrder, correctEmail, type NewOrder, placeOrder } from '../../../shop/orders/index.ts'
import { publishPayments } from '../publish-payments.ts'
import { readOrder } from './read-orders.ts'

/**
 * Orders the cart. The QR of an order that this one replaces must not be paid any more: the change is published to the
 * pages that show it.
 *
 * @param orderId the same when a try is repeated whose answer was lost: the order it placed is then answered
 */
export async function orderCart(ctx: BuyerContext, input: NewOrder, orderId: string): Promise<Order> {
  const replaced = await placeOrder(ctx, input, orderId)
  await publishPayments(ctx, replaced)
  return readOrder(ctx, orderId)
}

/** Corrects the e-mail of an order in the session that ordered. */
export async function correctOrderEmail(ctx: BuyerContext, orderId: string, email: string): Promise<Order> {
  await correctEmail(ctx, orderId, email)
  return readOrder(ctx, orderId)
}

/** Cancels an unpaid order and publishes that to the followers of its payments. */
export async function giveUpOrder(ctx: BuyerContext, orderId: string): Promise<Order> {
  await cancelOrder(ctx, orderId)
  await publishPayments(ctx, [orderId])
  return readOrder(ctx, orderId)
}
