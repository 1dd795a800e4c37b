import type { Cart } from '@pix/contracts/cart.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import * as orders from '@pix/contracts/orders.ts'
import * as payments from '@pix/contracts/payments.ts'
import type { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { newKey } from '../../base/new-key.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type Checkout =
  | { status: 'idle' | 'paying' }
  /** The order exists, and the bank gave no QR: paying again asks the bank only. */
  | { status: 'gateway_down'; order: orders.Order }
  | { status: 'failed'; code: ProblemError['code']; message: string }

const UNANSWERED = new Set<string>(['network', 'unavailable', 'idempotency_in_flight'])

/** A cart as it is ordered: which one, and the total that was shown. */
export type OrderedCart = Pick<Cart, 'id' | 'total'>

/** Who orders, and whom the documents are made out to. */
export interface Ordering {
  email: string
  taxData?: BuyerTaxData
}

const inWords = (ordering: Ordering) => JSON.stringify(ordering)

/** From a cart to an open payment, or where nothing is to pay to the photos: one order, one QR, however often somebody presses. */
export function useCheckout(opened: (payment: payments.Payment) => unknown, bought: (order: orders.Order) => unknown) {
  const checkout = shallowRef<Checkout>({ status: 'idle' })
  /** The last request for an order. The same request again is the same order, not a second one. */
  let request = { by: '', cartId: '', total: -1, key: '' }

  async function placeOrder(ordering: Ordering, { id: cartId, total }: OrderedCart): Promise<orders.Order> {
    const by = inWords(ordering)
    const isSame = request.by === by && request.cartId === cartId && request.total === total.amount
    if (request.key === '' || !isSame) request = { by, cartId, total: total.amount, key: newKey() }
    const body = { cartId, ...ordering, locale: locale.value, expectedTotal: total }
    return call(orders.placeOrder, { body }, { idempotencyKey: request.key })
  }

  async function pay(ordering: Ordering, cart: OrderedCart): Promise<void> {
    if (checkout.value.status === 'paying') return
    let order = checkout.value.status === 'gateway_down' ? checkout.value.order : undefined
    checkout.value = { status: 'paying' }
    try {
      if (order && request.by !== inWords(ordering)) {
        // The order has the earlier address, or another name for its documents. Once it is given up, its photos are in the
        // cart again.
        await call(orders.cancelOrder, { params: { id: order.id } })
        order = undefined
      }
      order ??= await placeOrder(ordering, cart)
      request.key = ''
      if (order.total.amount === 0) {
        await bought(order)
        checkout.value = { status: 'idle' }
        return
      }
      const payment = await call(payments.createPayment, { body: { orderId: order.id } }, { idempotencyKey: newKey() })
      await opened(payment)
      checkout.value = { status: 'idle' }
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : 'internal'
      // A request without an answer may have become an order, so it is sent again with its key. After a refusal it is a
      // new one.
      if (!UNANSWERED.has(code)) request.key = ''
      checkout.value =
        order && (code === 'gateway_unavailable' || code === 'network' || code === 'unavailable')
          ? { status: 'gateway_down', order }
          : { status: 'failed', code, message: problemMessage(error) }
    }
  }

  return { checkout, pay }
}
