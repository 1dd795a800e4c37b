import type { Payment } from '@pix/contracts/payments.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../../shell/words-testing.ts')
const { usePayment } = await import('./use-payment.ts')

const ORDER = '01999999-0000-7000-8000-00000000000a'
const FIRST = '01999999-0000-7000-8000-000000000001'
const SECOND = '01999999-0000-7000-8000-000000000002'
const PATH = (id: string) => `/api/payment/${id}/status`

const payment = (change: Partial<Payment> = {}): Payment => ({
  id: FIRST,
  orderId: ORDER,
  orderNumber: 'PX-2026-000001',
  orderStatus: 'awaiting_payment',
  state: 'pending',
  amount: { amount: 10_007, currency: 'THB' },
  orderTotal: { amount: 10_000, currency: 'THB' },
  qrImage: 'data:image/png;base64,AAAA',
  expiresAt: '2026-11-26T10:15:00Z',
  keptMoney: null,
  payeeName: null,
  takesTransfers: false,
  ...change,
})
const KEPT: Payment['keptMoney'] = {
  reference: 'PX-1',
  amount: { amount: 10_007, currency: 'THB' },
  reason: 'second_payment',
  contact: 'help@shop.example',
}
const problem = (status: number, code: string) => Response.json({ code, status }, { status })

/** A `fetch` in place of the api: a live stream for each followed payment, and an answer for every other request. */
let streams: Map<string, (state: Payment) => void>
let answer: (method: string, path: string) => Response | Promise<Response>
let asked: { method: string; path: string; key: string | null }[]
const created = () => asked.filter(({ method }) => method === 'POST')

/** The page's document, with its events of visibility. */
let page: EventTarget
beforeEach(() => {
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.useFakeTimers()
  streams = new Map()
  asked = []
  answer = () => problem(404, 'not_found')
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    if (headers.get('accept') === 'text/event-stream') return stream(path, init.signal)
    asked.push({ method: init.method!, path, key: headers.get('idempotency-key') })
    return answer(init.method!, path)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const stream = (path: string, signal?: AbortSignal | null) => {
  const bytes = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: controller => {
      streams.set(path, state => controller.enqueue(bytes.encode(`data: ${JSON.stringify(state)}\n\n`)))
      signal?.addEventListener('abort', () => {
        streams.delete(path)
        controller.error(signal.reason)
      })
    },
  })
  return new Response(body)
}

/** The page of a payment; `says` is what the live stream of a payment says next. */
function open(paid: (orderId: string) => unknown = () => undefined) {
  const scope = effectScope()
  const id = shallowRef(FIRST)
  const page = scope.run(() => usePayment(() => id.value, paid))!
  const says = async (state: Payment, of = FIRST) => {
    await vi.advanceTimersByTimeAsync(1)
    streams.get(PATH(of))!(state)
    await vi.advanceTimersByTimeAsync(1)
  }
  const shown = () => (page.view.value.status === 'shown' ? page.view.value.payment : undefined)
  return { ...page, id, says, shown, [Symbol.dispose]: () => scope.stop() }
}

test('money that comes after the QR ran out turns the page over all the same', async () => {
  const paid = vi.fn<(orderId: string) => void>()
  using page = open(paid)
  await page.says(payment())
  await page.says(payment({ state: 'expired', orderStatus: 'expired', qrImage: null }))
  expect([page.shown()?.state, page.shown()?.qrImage]).toEqual(['expired', null])
  expect(paid).not.toHaveBeenCalled()
  await page.says(payment({ state: 'completed', orderStatus: 'paid', qrImage: null }))
  expect(paid.mock.calls).toEqual([[ORDER]])
})

test('an order given up elsewhere is shown as such, without a QR', async () => {
  using page = open()
  await page.says(payment())
  await page.says(payment({ state: 'abandoned', orderStatus: 'cancelled', qrImage: null }))
  expect(page.shown()).toMatchObject({ orderStatus: 'cancelled', qrImage: null })
})

test('money that our people keep is the end: it is shown, and nothing is asked any more', async () => {
  const paid = vi.fn<(orderId: string) => void>()
  using page = open(paid)
  await page.says(payment({ keptMoney: KEPT }))
  const before = asked.length
  expect(streams.size).toBe(0)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(page.shown()?.keptMoney).toEqual(KEPT)
  expect([paid.mock.calls.length, asked.length]).toEqual([0, before])
})

test('money that was asked back is the end, too: a payment that came and pays nothing is not waited for', async () => {
  const paid = vi.fn<(orderId: string) => void>()
  using page = open(paid)
  await page.says(payment({ state: 'completed' }))
  const before = asked.length
  expect(streams.size).toBe(0)
  await vi.advanceTimersByTimeAsync(600_000)
  expect([paid.mock.calls.length, asked.length]).toEqual([0, before])
})

test('the QR stays on the page while later states, which leave it out, arrive', async () => {
  using page = open()
  await page.says(payment({ state: 'creating', qrImage: null }))
  await page.says(payment())
  const { qrImage: _, ...later } = payment()
  await page.says(later)
  expect(page.shown()?.qrImage).toBe('data:image/png;base64,AAAA')
})

test('a page without an answer says so after six seconds, and takes it back once an answer comes', async () => {
  answer = () => problem(503, 'unavailable')
  using page = open()
  await vi.advanceTimersByTimeAsync(4_900)
  expect(page.unanswered.value).toBe(false)
  await vi.advanceTimersByTimeAsync(1_200)
  expect(page.unanswered.value).toBe(true)
  answer = (_, path) => (path === PATH(FIRST) ? Response.json(payment()) : problem(404, 'not_found'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect([page.unanswered.value, page.shown()?.state]).toEqual([false, 'pending'])
})

test("a payment that is not this buyer's is said to be unknown", async () => {
  vi.stubGlobal('fetch', async () => problem(404, 'not_found'))
  using page = open()
  await vi.advanceTimersByTimeAsync(10)
  expect(page.view.value).toEqual({ status: 'unknown' })
})

test('a payment that is paid is never said to be unknown, though the next page does not load', async () => {
  using page = open(() => Promise.reject(new TypeError('the script did not come')))
  await page.says(payment())
  await page.says(payment({ state: 'completed', orderStatus: 'paid', qrImage: null }))
  expect(page.shown()?.orderStatus).toBe('paid')
})

test('a new QR is asked for once, however often somebody presses; a failure says why and the next press asks again', async () => {
  let bank: Response | undefined
  answer = (method, path) =>
    method === 'POST' && path === '/api/payment/create'
      ? new Promise(resolve => setTimeout(() => resolve(bank!), 1_000))
      : problem(404, 'not_found')
  using page = open()
  await page.says(payment({ state: 'expired', orderStatus: 'expired', qrImage: null }))

  bank = problem(503, 'gateway_unavailable')
  const presses = [page.renew(ORDER), page.renew(ORDER), page.renew(ORDER)]
  expect(page.act.value).toEqual({ status: 'busy' })
  await vi.advanceTimersByTimeAsync(1_100)
  expect(await Promise.all(presses)).toEqual([undefined, undefined, undefined])
  expect(created()).toHaveLength(1)
  expect(page.act.value).toMatchObject({ status: 'failed', message: expect.stringMatching(/./) })

  bank = Response.json(payment({ id: SECOND }), { status: 201 })
  const again = page.renew(ORDER)
  await vi.advanceTimersByTimeAsync(1_100)
  expect([await again, page.act.value]).toEqual([SECOND, { status: 'idle' }])
  expect(created().every(({ key }) => key !== null && key.length > 0)).toBe(true)
})

test('the new QR takes the place of the old one', async () => {
  using page = open()
  await page.says(payment({ state: 'expired', orderStatus: 'awaiting_payment', qrImage: null }))
  page.id.value = SECOND
  await nextTick()
  await page.says(payment({ id: SECOND }), SECOND)
  expect(page.shown()).toMatchObject({ id: SECOND, state: 'pending' })
})

test('giving up answers whether the photos are in the cart again; money that came first refuses it', async () => {
  using page = open()
  await page.says(payment())
  answer = () => problem(409, 'illegal_state')
  expect(await page.giveUp(ORDER)).toBeUndefined()
  expect(page.act.value.status).toBe('failed')
  answer = () => Response.json({})
  expect([await page.giveUp(ORDER), page.act.value.status]).toEqual([true, 'idle'])
})

test('asking by hand turns a paid page over and says when there is no money yet', async () => {
  const paid = vi.fn<(orderId: string) => void>()
  using page = open(paid)
  await page.says(payment())
  answer = () => Response.json(payment())
  expect(await page.check(FIRST)).toBe(false)
  answer = () => Response.json(payment({ state: 'completed', orderStatus: 'paid', qrImage: null }))
  expect([await page.check(FIRST), paid.mock.calls]).toEqual([true, [[ORDER]]])
})

test('a page that was left asks nothing any more', async () => {
  answer = () => problem(503, 'unavailable')
  const page = open()
  await vi.advanceTimersByTimeAsync(20_000)
  page[Symbol.dispose]()
  const before = asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.length).toBe(before)
})

test('who comes back from the bank app gets the payment asked for at once, and not once it is over', async () => {
  using shown = open()
  await shown.says(payment())
  const before = streams.get(PATH(FIRST))
  Object.assign(page, { visibilityState: 'hidden' })
  page.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(1)
  expect(streams.get(PATH(FIRST))).toBe(before)
  Object.assign(page, { visibilityState: 'visible' })
  page.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(1)
  expect(streams.get(PATH(FIRST))).not.toBe(before)
  await shown.says(payment({ state: 'completed', orderStatus: 'paid', qrImage: null }))
  page.dispatchEvent(new Event('pageshow'))
  await vi.advanceTimersByTimeAsync(1)
  expect(streams.size).toBe(0)
})
