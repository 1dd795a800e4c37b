import { ProblemError } from '@pix/contracts/client.ts'
import { giveOrderCode, type LinkedOrder, openLink, sendOrderCode } from '@pix/contracts/order-access.ts'
import { computed } from 'vue'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

export type OrderLink =
  /** `cut`: the address has no token. `gone`: the link opens nothing any more. */
  | { status: 'cut' | 'loading' | 'gone' }
  | { status: 'failed'; message: string }
  | { status: 'shown'; order: LinkedOrder }

const POLL_MS = 3_000
const goneOrThrow = (error: unknown): 'gone' => {
  if (error instanceof ProblemError && error.status === 404) return 'gone'
  throw error
}

/**
 * What the link of an order's letter leads to. Its state is polled until the letter with the code has been sent.
 *
 * @param goOn called when this session may see the order
 */
export function useOrderLink(token: string, goOn: (orderId: string) => Promise<unknown>) {
  const { state, load, look, show } = usePolled<LinkedOrder | 'gone'>(
    async signal => {
      if (token === '') return 'gone'
      return passOn(await call(openLink, { body: { token } }, { signal }).catch(goneOrThrow))
    },
    order => (order !== 'gone' && order.code?.mail === 'queued' ? POLL_MS : undefined),
  )
  const link = computed<OrderLink>(() => {
    const now = state.value
    if (token === '') return { status: 'cut' }
    if (now.status !== 'loaded') return now
    if (now.value === 'gone') return { status: 'gone' }
    return now.value.orderId === null ? { status: 'shown', order: now.value } : { status: 'loading' }
  })

  /** An order that this session may see is shown by its own page. */
  async function passOn(order: LinkedOrder | 'gone'): Promise<LinkedOrder | 'gone'> {
    if (order !== 'gone' && order.orderId !== null) await goOn(order.orderId)
    return order
  }

  /** @throws ProblemError `too_many_codes`, and what any request may throw */
  async function sendCode(): Promise<void> {
    show(await passOn(await call(sendOrderCode, { body: { token } }).catch(goneOrThrow)))
  }

  /** @throws ProblemError `order_code_wrong`, `order_code_over`: what is shown is then as it is after that */
  async function giveCode(code: string): Promise<void> {
    try {
      const opened = await call(giveOrderCode, { body: { token, code } }).catch(goneOrThrow)
      if (opened === 'gone') show('gone')
      else await goOn(opened.orderId)
    } catch (error) {
      await look()
      throw error
    }
  }

  return { link, load, sendCode, giveCode }
}
