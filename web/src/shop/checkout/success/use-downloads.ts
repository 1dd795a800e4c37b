import { ProblemError } from '@pix/contracts/client.ts'
import * as orders from '@pix/contracts/orders.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../../base/api.ts'
import { followOrPoll } from '../../../base/follow-or-poll.ts'
import { problemMessage } from '../../../base/problem-message.ts'

export type Purchase =
  | { status: 'loading' | 'unknown' }
  | { status: 'unpaid' | 'refunded'; order: orders.Order }
  | { status: 'failed'; message: string }
  | { status: 'paid'; order: orders.Order; downloads: orders.Downloads | null }

const POLL_MS = 2_000
const isSettled = ({ events }: orders.Downloads) =>
  events.every(({ archive }) => ['ready', 'failed', 'expired'].includes(archive.state))

/** What was bought: the order, its originals, and each event's ZIP while it is being made. */
export function useDownloads(orderId: () => string) {
  const purchase = shallowRef<Purchase>({ status: 'loading' })
  let running = new AbortController()
  onScopeDispose(() => running.abort())

  async function load() {
    running.abort()
    const { signal } = (running = new AbortController())
    const params = { id: orderId() }
    try {
      const order = await call(orders.getOrder, { params }, { signal })
      if (!wasPaid(order.status)) {
        purchase.value = { status: 'unpaid', order }
        return
      }
      if (order.status === 'refund_pending' || order.status === 'refunded') {
        purchase.value = { status: 'refunded', order }
        return
      }
      purchase.value = { status: 'paid', order, downloads: null }
      await followArchive(order, signal)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ProblemError && error.status === 404) purchase.value = { status: 'unknown' }
      else purchase.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  async function followArchive(order: orders.Order, signal: AbortSignal) {
    const states = followOrPoll(
      orders.getDownloads,
      { params: { id: order.id } },
      { signal, pollMs: POLL_MS, done: isSettled },
    )
    for await (const downloads of states) purchase.value = { status: 'paid', order, downloads }
  }

  /** Makes those ZIPs again that expired or failed. */
  async function rebuild() {
    if (purchase.value.status !== 'paid') return
    const { order } = purchase.value
    running.abort()
    const { signal } = (running = new AbortController())
    const downloads = await call(orders.redownload, { params: { id: order.id } }, { signal })
    purchase.value = { status: 'paid', order, downloads }
    followArchive(order, signal).catch(() => undefined)
  }

  void load()
  return { purchase, load, rebuild }
}
