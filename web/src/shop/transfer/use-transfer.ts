import { ProblemError } from '@pix/contracts/client.ts'
import { getTransfer, sendSlip, type Transfer } from '@pix/contracts/transfers.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type TransferView =
  | { status: 'loading' }
  | { status: 'unknown' }
  | { status: 'failed'; message: string }
  | { status: 'shown'; transfer: Transfer }

/** While a picture is read, and while a person looks for the money. */
const READING_MS = 2_000
const WAITING_MS = 15_000

/**
 * How an order is paid by a transfer, asked for again while something is expected, and at once when somebody comes back to
 * the page.
 *
 * @param paid leads on once the order is paid
 */
export function useTransfer(orderId: string, paid: () => unknown) {
  const view = shallowRef<TransferView>({ status: 'loading' })
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  function show(transfer: Transfer): void {
    view.value = { status: 'shown', transfer }
    clearTimeout(timer)
    if (isOver) return
    if (wasPaid(transfer.orderStatus)) {
      isOver = true
      void paid()
      return
    }
    const states = transfer.slips.map(({ state }) => state)
    if (states.includes('reading')) timer = setTimeout(load, READING_MS)
    else if (states.includes('waiting')) timer = setTimeout(load, WAITING_MS)
  }

  async function load(): Promise<void> {
    try {
      show(await call(getTransfer, { params: { id: orderId } }))
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'not_found') view.value = { status: 'unknown' }
      else if (view.value.status === 'shown' && !isOver) timer = setTimeout(load, WAITING_MS)
      else view.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  const send = async (slip: File) => show(await call(sendSlip, { params: { id: orderId }, form: { slip } }))

  const back = () => {
    if (document.visibilityState !== 'visible' || isOver) return
    clearTimeout(timer)
    void load()
  }
  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', back)
  })
  void load()
  return { view, load, send }
}
