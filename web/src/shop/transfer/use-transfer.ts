import { ProblemError } from '@pix/contracts/client.ts'
import { getTransfer, sendSlip, type Transfer } from '@pix/contracts/transfers.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { computed, onScopeDispose, watch } from 'vue'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

export type TransferView =
  | { status: 'loading' }
  | { status: 'unknown' }
  | { status: 'failed'; message: string }
  | { status: 'shown'; transfer: Transfer }

/** While a picture is read, and while a person looks for the money. */
const READING_MS = 2_000
const WAITING_MS = 15_000

const isPaid = ({ orderStatus }: Transfer): boolean => wasPaid(orderStatus)

function pause(transfer: Transfer): number | undefined {
  if (isPaid(transfer)) return undefined
  const states = transfer.slips.map(({ state }) => state)
  if (states.includes('reading')) return READING_MS
  return states.includes('waiting') ? WAITING_MS : undefined
}

/**
 * How an order is paid by a transfer, asked for again while something is expected, and at once when somebody comes back to
 * the page.
 *
 * @param paid leads on once the order is paid
 */
export function useTransfer(orderId: string, paid: () => unknown) {
  const params = { id: orderId }
  const { state, load, look, show } = usePolled(signal => call(getTransfer, { params }, { signal }), pause)
  const view = computed<TransferView>(() => {
    const now = state.value
    if (now.status === 'loading') return now
    if (now.status === 'loaded') return { status: 'shown', transfer: now.value }
    if (now.error instanceof ProblemError && now.error.code === 'not_found') return { status: 'unknown' }
    return { status: 'failed', message: now.message }
  })
  const isOver = computed(() => view.value.status === 'shown' && isPaid(view.value.transfer))
  watch(isOver, is => is && void paid())

  const send = async (slip: File) => show(await call(sendSlip, { params, form: { slip } }))

  const back = () => {
    if (document.visibilityState === 'visible' && !isOver.value) void look()
  }
  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => document.removeEventListener('visibilitychange', back))
  return { view, load, send }
}
