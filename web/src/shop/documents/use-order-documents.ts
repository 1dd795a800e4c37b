import { listOrderDocuments, type OrderDocuments } from '@pix/contracts/documents.ts'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

/** ms between two requests. A PDF is drawn within some seconds. */
const AGAIN_MS = 2_000
/** After so many requests the page stops: a person may open it again. */
const MOST_TIMES = 30

/** The documents of an order; asked for again while a PDF is drawn. */
export function useOrderDocuments(orderId: () => string) {
  let times = 0
  function pause({ items }: OrderDocuments): number | undefined {
    if (items.every(({ ready }) => ready) || times === MOST_TIMES) return undefined
    times += 1
    return AGAIN_MS
  }
  const { state, load, show } = usePolled(
    signal => call(listOrderDocuments, { params: { id: orderId() } }, { signal }),
    pause,
  )

  /** Documents were made anew: their PDFs are waited for. */
  function made(documents: OrderDocuments): void {
    times = 0
    show(documents)
  }
  return { state, load, made }
}
