import { ProblemError } from '@pix/contracts/client.ts'
import * as orders from '@pix/contracts/orders.ts'
import { areSettled } from '@pix/domain/downloads-settled.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../../base/api.ts'
import { followOrPoll } from '../../../base/follow-or-poll.ts'
import { problemMessage } from '../../../base/problem-message.ts'
import { hasBought } from './bought-parts.ts'

export type Purchase =
  | { status: 'loading' | 'unknown' }
  /** Taken back: every photo was refunded or taken down. Ended: the time for downloads is over. */
  | { status: 'unpaid' | 'refunded' | 'taken_back' | 'ended'; order: orders.Order }
  | { status: 'failed'; message: string }
  | { status: 'paid'; order: orders.Order; downloads: orders.Downloads | null }

const POLL_MS = 2_000

const isMissing = (error: unknown) => error instanceof ProblemError && error.status === 404

function purchaseOf(order: orders.Order): Purchase & { order: orders.Order } {
  if (!wasPaid(order.status)) return { status: 'unpaid', order }
  if (order.status === 'refunded') return { status: 'refunded', order }
  if (order.status === 'refund_pending' && !hasBought(order)) return { status: 'refunded', order }
  return hasBought(order) ? { status: 'paid', order, downloads: null } : { status: 'taken_back', order }
}

/** What was bought: the order, its originals, and each event's ZIP and pictures while they are being made. */
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
      const read = purchaseOf(order)
      purchase.value = read
      if (read.status === 'paid') await followArchive(order, signal)
    } catch (error) {
      if (signal.aborted) return
      if (isMissing(error)) purchase.value = { status: 'unknown' }
      else purchase.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  async function followArchive(order: orders.Order, signal: AbortSignal) {
    const states = followOrPoll(
      orders.getDownloads,
      { params: { id: order.id } },
      { signal, pollMs: POLL_MS, done: areSettled },
    )
    try {
      for await (const downloads of states) purchase.value = { status: 'paid', order, downloads }
    } catch (error) {
      if (signal.aborted || !isMissing(error)) throw error
      // Nothing of it may be downloaded: the order says whether that was taken back.
      const now = purchaseOf(await call(orders.getOrder, { params: { id: order.id } }, { signal }))
      purchase.value = now.status === 'paid' ? { status: 'ended', order: now.order } : now
    }
  }

  /** Makes those ZIPs again that expired or failed. */
  async function rebuild() {
    if (purchase.value.status !== 'paid') return
    const { order } = purchase.value
    running.abort()
    const { signal } = (running = new AbortController())
    try {
      const downloads = await call(orders.redownload, { params: { id: order.id } }, { signal })
      purchase.value = { status: 'paid', order, downloads }
    } catch (error) {
      if (!isMissing(error)) throw error
      return load()
    }
    followArchive(order, signal).catch(() => undefined)
  }

  /** The order has another e-mail: its new letter is followed. */
  function corrected(order: orders.Order): void {
    if (purchase.value.status !== 'paid') return
    running.abort()
    running = new AbortController()
    const { downloads } = purchase.value
    purchase.value = { status: 'paid', order, downloads: downloads && { ...downloads, mail: order.mail } }
    followArchive(order, running.signal).catch(() => undefined)
  }

  void load()
  return { purchase, load, rebuild, corrected }
}
