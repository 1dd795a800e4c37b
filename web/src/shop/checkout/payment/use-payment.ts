import * as orders from '@pix/contracts/orders.ts'
import * as payments from '@pix/contracts/payments.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { call } from '../../../base/api.ts'
import { followOrPoll } from '../../../base/follow-or-poll.ts'
import { newKey } from '../../../base/new-key.ts'
import { problemMessage } from '../../../base/problem-message.ts'

export type PaymentView =
  | { status: 'loading' | 'unknown' }
  | { status: 'shown'; payment: payments.Payment; order: orders.Order | null }

/** Asking for a new QR, leaving, or checking by hand. */
export type PaymentAct = { status: 'idle' | 'busy' } | { status: 'failed'; message: string }

/** Where the live stream fails, the page asks this often (spec/60). */
const POLL_MS = 3_000
/** A page that has shown nothing for so long says so. */
const SILENT_MS = 6_000

export const isPaid = ({ orderStatus }: payments.Payment): boolean => wasPaid(orderStatus)

/** States after which nothing comes: the photos are there, or money came that pays nothing. */
const isOver = (payment: payments.Payment): boolean =>
  isPaid(payment) || payment.keptMoney !== null || payment.state === 'completed'

/** Follows a payment until it is over, also after its QR ran out, since money may still be on its way. */
export function usePayment(id: () => string, paid: (orderId: string) => unknown) {
  const view = shallowRef<PaymentView>({ status: 'loading' })
  const act = shallowRef<PaymentAct>({ status: 'idle' })
  /** True while no state of the payment arrives. */
  const unanswered = shallowRef(false)
  let running = new AbortController()

  /** The next page may not load: the router says that, and this page stays as it is. */
  async function turnOver(orderId: string) {
    try {
      await paid(orderId)
    } catch {}
  }

  async function followPayment(paymentId: string) {
    running.abort()
    const { signal } = (running = new AbortController())
    unanswered.value = false
    const failed = () => (unanswered.value = true)
    const silence = setTimeout(failed, SILENT_MS)
    signal.addEventListener('abort', () => clearTimeout(silence), { once: true })
    const states = followOrPoll(
      payments.paymentStatus,
      { params: { id: paymentId } },
      { signal, pollMs: POLL_MS, done: isOver, failed },
    )
    try {
      let picture: payments.Payment['qrImage']
      for await (const state of states) {
        clearTimeout(silence)
        unanswered.value = false
        // The stream sends the QR's picture once.
        picture = state.qrImage === undefined ? picture : state.qrImage
        const payment = { ...state, qrImage: picture }
        const order =
          view.value.status === 'shown' && view.value.order?.id === payment.orderId ? view.value.order : null
        view.value = { status: 'shown', payment, order }
        if (!order) void loadOrder(payment.orderId, signal)
        if (isPaid(payment)) await turnOver(payment.orderId)
      }
    } catch {
      if (!signal.aborted) view.value = { status: 'unknown' }
    }
  }

  async function loadOrder(orderId: string, signal: AbortSignal) {
    const order = await call(orders.getOrder, { params: { id: orderId } }, { signal }).catch(() => null)
    if (order && view.value.status === 'shown') view.value = { ...view.value, order }
  }

  async function run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (act.value.status === 'busy') return undefined
    act.value = { status: 'busy' }
    try {
      const result = await work()
      act.value = { status: 'idle' }
      return result
    } catch (error) {
      act.value = { status: 'failed', message: problemMessage(error) }
      return undefined
    }
  }

  /** Another fifteen minutes for the same order. @returns the new payment's id */
  const renew = (orderId: string) =>
    run(async () => {
      const payment = await call(payments.createPayment, { body: { orderId } }, { idempotencyKey: newKey() })
      return payment.id
    })

  /** Gives the order up: its photos are in the cart again. True when they are. */
  const giveUp = (orderId: string) =>
    run(async () => {
      await call(orders.cancelOrder, { params: { id: orderId } })
      return true
    })

  /** Asks at once; the answer is on the page. True when it is paid. */
  const check = (paymentId: string) =>
    run(async () => {
      const payment = await call(payments.paymentStatus, { params: { id: paymentId } })
      if (view.value.status === 'shown') view.value = { ...view.value, payment }
      if (isPaid(payment)) await turnOver(payment.orderId)
      return isPaid(payment)
    })

  /** Back from the bank app: a phone may have ended the stream meanwhile, and the bank is asked at once. */
  function lookAgain(): void {
    if (document.visibilityState !== 'visible' || (view.value.status === 'shown' && isOver(view.value.payment))) return
    void followPayment(id())
  }
  document.addEventListener('visibilitychange', lookAgain)
  addEventListener('pageshow', lookAgain)
  watch(id, paymentId => void followPayment(paymentId), { immediate: true })
  onScopeDispose(() => {
    running.abort()
    document.removeEventListener('visibilitychange', lookAgain)
    removeEventListener('pageshow', lookAgain)
  })
  return { view, act, unanswered, renew, giveUp, check }
}
