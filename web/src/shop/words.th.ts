import { eventsTh } from './events/messages.th.ts'
import { cartTh } from './cart/messages.th.ts'
import { ordersTh } from './checkout/messages.th.ts'
import { refundsTh } from './refunds/messages.th.ts'

export const words = {
  events: eventsTh,
  cart: cartTh,
  orders: ordersTh,
  refunds: refundsTh,
}
