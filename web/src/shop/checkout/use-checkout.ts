import type { Money } from '@pix/contracts/common.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import * as orders from '@pix/contracts/orders.ts'
import * as payments from '@pix/contracts/payments.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { newKey } from '../../base/new-key.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type Checkout =
  | { status: 'idle' | 'paying' }
  /** The order stands, the bank gave no QR: paying again asks the bank only. */
  | { status: 'gateway_down'; order: orders.Order }
  | { status: 'failed'; code: ProblemError['code']; message: string }

const UNANSWERED = new Set<string>(['network', 'unavailable', 'idempotency_in_flight'])

/** From a cart to an open payment: one order, one QR, however often somebody presses. */
export function useCheckout(opened: (payment: payments.Payment) => unknown) {
  const checkout = shallowRef<Checkout>({ status: 'idle' })
  /** One key for one wish: the same e-mail and total again is the same order, not a second one. */
  let wish = { email: '', total: -1, key: '' }

  async function placeOrder(email: string, total: Money): Promise<orders.Order> {
    if (wish.key === '' || wish.email !== email || wish.total !== total.amount)
      wish = { email, total: total.amount, key: newKey() }
    const body = { email, locale: locale.value, expectedTotal: total }
    return call(orders.placeOrder, { body }, { idempotencyKey: wish.key })
  }

  async function pay(email: string, total: Money): Promise<void> {
    if (checkout.value.status === 'paying') return
    const placed = checkout.value.status === 'gateway_down' ? checkout.value.order : undefined
    checkout.value = { status: 'paying' }
    let order = placed
    try {
      order ??= await placeOrder(email, total)
      wish.key = ''
      const payment = await call(payments.createPayment, { body: { orderId: order.id } }, { idempotencyKey: newKey() })
      await opened(payment)
      checkout.value = { status: 'idle' }
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : 'internal'
      // Unanswered, the same wish may have become an order: ask again with its key. A refusal is answered by a new wish.
      if (!UNANSWERED.has(code)) wish.key = ''
      checkout.value =
        order && (code === 'gateway_unavailable' || code === 'network' || code === 'unavailable')
          ? { status: 'gateway_down', order }
          : { status: 'failed', code, message: problemMessage(error) }
    }
  }

  return { checkout, pay }
}
