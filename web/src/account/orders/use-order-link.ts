import { ProblemError } from '@pix/contracts/client.ts'
import { giveOrderCode, type LinkedOrder, openLink, sendOrderCode } from '@pix/contracts/order-access.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type OrderLink =
  /** `cut`: the address has no token. `gone`: the link opens nothing any more. */
  | { status: 'cut' | 'loading' | 'gone' }
  | { status: 'failed'; message: string }
  | { status: 'shown'; order: LinkedOrder }

const POLL_MS = 3_000
const isGone = (error: unknown) => error instanceof ProblemError && error.status === 404

/**
 * What the link of an order's letter leads to. Its state is polled until the letter with the code has been sent.
 *
 * @param goOn called when this session may see the order
 */
export function useOrderLink(token: string, goOn: (orderId: string) => Promise<unknown>) {
  const link = shallowRef<OrderLink>({ status: token === '' ? 'cut' : 'loading' })
  const gone = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => {
    clearTimeout(timer)
    gone.abort()
  })

  async function show(order: LinkedOrder): Promise<void> {
    if (gone.signal.aborted) return
    if (order.orderId !== null) return void (await goOn(order.orderId))
    link.value = { status: 'shown', order }
    clearTimeout(timer)
    if (order.code?.mail === 'queued') timer = setTimeout(() => void refresh().catch(() => undefined), POLL_MS)
  }

  async function refresh(): Promise<void> {
    try {
      await show(await call(openLink, { body: { token } }, { signal: gone.signal }))
    } catch (error) {
      if (!isGone(error)) throw error
      link.value = { status: 'gone' }
    }
  }

  async function load(): Promise<void> {
    if (token === '') return
    link.value = { status: 'loading' }
    await refresh().catch(error => {
      if (!gone.signal.aborted) link.value = { status: 'failed', message: problemMessage(error) }
    })
  }

  /** @throws ProblemError `too_many_codes`, and what any request may throw */
  async function sendCode(): Promise<void> {
    await orGone(async () => show(await call(sendOrderCode, { body: { token } })))
  }

  /** @throws ProblemError `order_code_wrong`, `order_code_over`: what is shown is then as it is after that */
  async function giveCode(code: string): Promise<void> {
    try {
      await orGone(async () => void (await goOn((await call(giveOrderCode, { body: { token, code } })).orderId)))
    } catch (error) {
      await refresh().catch(() => undefined)
      throw error
    }
  }

  async function orGone(act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!isGone(error)) throw error
      link.value = { status: 'gone' }
    }
  }

  void load()
  return { link, load, sendCode, giveCode }
}
