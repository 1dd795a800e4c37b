import { listOrderDocuments, type OrderDocuments } from '@pix/contracts/documents.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** ms between two requests. A PDF is drawn within some seconds. */
const AGAIN_MS = 2_000
/** After so many requests the page stops: a person may open it again. */
const MOST_TIMES = 30

/** The documents of an order; asked for again while a PDF is drawn. What was shown stays meanwhile. */
export function useOrderDocuments(orderId: () => string) {
  const { state, load } = useLoaded(signal => call(listOrderDocuments, { params: { id: orderId() } }, { signal }))
  const shown = shallowRef<OrderDocuments>()
  let times = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (documents: OrderDocuments) => {
    shown.value = documents
    clearTimeout(timer)
    if (documents.items.every(({ ready }) => ready) || (times += 1) > MOST_TIMES) return
    timer = setTimeout(load, AGAIN_MS)
  }
  watch(state, now => now.status === 'loaded' && show(now.value))
  onScopeDispose(() => clearTimeout(timer))
  return { state, load, shown, show }
}
