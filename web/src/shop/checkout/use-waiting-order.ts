import * as orders from '@pix/contracts/orders.ts'
import * as payments from '@pix/contracts/payments.ts'
import { isOpen } from '@pix/domain/order-moves.ts'
import { computed, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { newKey } from '../../base/new-key.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'

export type WaitingAct = { status: 'idle' | 'busy' } | { status: 'failed'; message: string }

/** The newest order of this session that waits for its money, also one for which the bank gave no QR. */
export function useWaitingOrder() {
  const { state, load } = useLoaded(signal =>
    call(orders.listOrders, { query: {} }, { signal }).then(answer => answer.items),
  )
  const act = shallowRef<WaitingAct>({ status: 'idle' })
  const waiting = computed(() =>
    state.value.status === 'loaded' ? state.value.value.find(({ status }) => isOpen(status)) : undefined,
  )

  async function run<T>(work: (order: orders.Order) => Promise<T>): Promise<T | undefined> {
    if (!waiting.value || act.value.status === 'busy') return undefined
    act.value = { status: 'busy' }
    try {
      const result = await work(waiting.value)
      act.value = { status: 'idle' }
      return result
    } catch (error) {
      act.value = { status: 'failed', message: problemMessage(error) }
      return undefined
    }
  }

  /** The payment with the QR to pay; a new one where there is none. */
  const paymentId = () =>
    run(async order => {
      if (order.paymentId) return order.paymentId
      const body = { orderId: order.id }
      return (await call(payments.createPayment, { body }, { idempotencyKey: newKey() })).id
    })

  /** Gives it up: its photos are in the cart again. */
  const giveUp = () =>
    run(async order => {
      await call(orders.cancelOrder, { params: { id: order.id } })
      await load()
    })

  return { waiting, act, paymentId, giveUp, load }
}
