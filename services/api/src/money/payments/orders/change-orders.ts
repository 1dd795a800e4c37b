import type { Order } from '@pix/contracts/orders.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { cancelOrder, type NewOrder, placeOrder } from '../../../shop/orders/index.ts'
import { tellPayments } from '../tell-payments.ts'
import { readOrder } from './read-orders.ts'

/**
 * Orders the cart. A QR of an order that this one replaces must not be paid any more: who looks at one is told.
 *
 * @param orderId the same when a try is repeated whose answer was lost: the order it placed is then answered
 */
export async function orderCart(ctx: BuyerContext, input: NewOrder, orderId: string): Promise<Order> {
  const replaced = await placeOrder(ctx, input, orderId)
  await tellPayments(ctx, replaced)
  return readOrder(ctx, orderId)
}

/** Gives an unpaid order up, and tells who looks at its QR. */
export async function giveUpOrder(ctx: BuyerContext, orderId: string): Promise<Order> {
  await cancelOrder(ctx, orderId)
  await tellPayments(ctx, [orderId])
  return readOrder(ctx, orderId)
}
