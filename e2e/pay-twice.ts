import type { Carts } from '@pix/contracts/cart.ts'
import type { Order } from '@pix/contracts/orders.ts'
import type { Payment } from '@pix/contracts/payments.ts'
import type { BrowserContext, Page } from 'playwright-core'
import { payAtTheBank } from './pay-at-the-bank.ts'
import { sendAsVisitor } from './send-as-visitor.ts'

/** Orders what is in the cart of the page's visitor, and asks for its QR. */
export async function orderCart(page: Page): Promise<{ order: Order; payment: Payment }> {
  const { items } = (await page.evaluate(async () => (await fetch('/api/cart')).json())) as Carts
  const buyer = { email: 'mali@example.com', locale: 'th', expectedTotal: items[0]!.total }
  const order = await sendAsVisitor<Order>(page, 'POST', '/orders', buyer)
  return { order, payment: await sendAsVisitor<Payment>(page, 'POST', '/payment/create', { orderId: order.id }) }
}

/**
 * Orders a photo, gives the order up, buys the photo with a second order, and then pays the first one's QR at the bank:
 * money that pays for nothing. The page is one of the shop.
 *
 * @returns the order that was given up, and its payment
 */
export async function payTwice(
  customer: BrowserContext,
  page: Page,
  paynoiUrl: string,
  photoId: string,
): Promise<{ order: Order; payment: Payment }> {
  await sendAsVisitor(page, 'POST', '/cart/clear')
  await sendAsVisitor(page, 'POST', '/cart/items', { photoIds: [photoId] })
  const first = await orderCart(page)
  await sendAsVisitor(page, 'POST', `/orders/${first.order.id}/cancel`)
  const second = await orderCart(page)
  for (const { order } of [second, first]) await payAtTheBank(customer, paynoiUrl, order.number)
  return first
}
