import { eventsEn } from './events/messages.en.ts'
import { cartEn } from './cart/messages.en.ts'
import { ordersEn } from './checkout/messages.en.ts'
import { refundsEn } from './refunds/messages.en.ts'

export const words = {
  events: eventsEn,
  cart: cartEn,
  orders: ordersEn,
  refunds: refundsEn,
}
