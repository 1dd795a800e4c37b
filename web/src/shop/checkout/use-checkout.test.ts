import type { Payment } from '@pix/contracts/payments.ts'
import type { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { useCheckout } = await import('./use-checkout.ts')

const ORDER = '01999999-0000-7000-8000-00000000000a'
const CART = '01999999-0000-7000-8000-00000000000c'
const PAYMENT = '01999999-0000-7000-8000-000000000001'
const baht = (amount: number) => ({ amount: amount * 100, currency: 'THB' as const })
const problem = (status: number, code: string) => Response.json({ code, status }, { status })

interface Asked {
  path: string
  key: string | null
  body: { cartId?: string; email?: string; orderId?: string; expectedTotal?: { amount: number } }
}

/** A `fetch` in place of the api: the answer for each path; `null` is a broken connection. */
let answers: Record<string, (asked: Asked) => Response | null>
let asked: Asked[]
const sent = (path: string) => asked.filter(request => request.path === path)

const placed = ({ body }: Asked) =>
  Response.json({ id: ORDER, status: 'pending', email: body.email, total: body.expectedTotal }, { status: 201 })
const opened = () => Response.json({ id: PAYMENT, orderId: ORDER }, { status: 201 })

beforeEach(() => {
  asked = []
  answers = { '/api/orders': placed, '/api/payment/create': opened, [`/api/orders/${ORDER}/cancel`]: placed }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body ?? '{}')) as Asked['body']
    const request = { path, key: new Headers(init.headers).get('idempotency-key'), body }
    asked.push(request)
    await Promise.resolve()
    const answer = answers[path]?.(request)
    if (!answer) throw new TypeError('fetch failed')
    return answer
  })
})
afterEach(() => vi.unstubAllGlobals())

function page() {
  const payments: Payment[] = []
  const { checkout, pay } = useCheckout(
    payment => payments.push(payment),
    () => undefined,
  )
  const payFor = (email: string, total: ReturnType<typeof baht>, taxData?: BuyerTaxData) =>
    pay({ email, ...(taxData && { taxData }) }, { id: CART, total })
  return { checkout, pay: payFor, payments }
}

test('pressing twice makes one order and one payment', async () => {
  const { pay, payments, checkout } = page()
  await Promise.all([pay('a@shop.example', baht(100)), pay('a@shop.example', baht(100))])
  expect([sent('/api/orders').length, sent('/api/payment/create').length, payments.length]).toEqual([1, 1, 1])
  expect(checkout.value).toEqual({ status: 'idle' })
  expect(sent('/api/orders')[0]?.body.cartId).toBe(CART)
})

test('an order that was not answered is asked for again with the same key, so that there is one', async () => {
  const { pay, checkout, payments } = page()
  answers['/api/orders'] = () => null
  await pay('a@shop.example', baht(100))
  expect(checkout.value).toMatchObject({ status: 'failed', code: 'network' })
  answers['/api/orders'] = () => problem(409, 'idempotency_in_flight')
  await pay('a@shop.example', baht(100))
  answers['/api/orders'] = placed
  await pay('a@shop.example', baht(100))
  expect(sent('/api/orders')).toHaveLength(3)
  expect(new Set(sent('/api/orders').map(({ key }) => key)).size).toBe(1)
  expect(payments).toHaveLength(1)
})

test('another e-mail or another total after no answer is another order, with a key of its own', async () => {
  const { pay } = page()
  answers['/api/orders'] = () => null
  await pay('a@shop.example', baht(100))
  await pay('b@shop.example', baht(100))
  await pay('b@shop.example', baht(120))
  expect(new Set(sent('/api/orders').map(({ key }) => key)).size).toBe(3)
})

test('a total that is no longer what was shown opens no payment and says so; agreeing to the new one is a new order', async () => {
  const { pay, checkout, payments } = page()
  answers['/api/orders'] = () => problem(409, 'total_changed')
  await pay('a@shop.example', baht(100))
  expect(checkout.value).toMatchObject({
    status: 'failed',
    code: 'total_changed',
    message: expect.stringMatching(/[฀-๿]/),
  })
  expect(payments).toEqual([])
  answers['/api/orders'] = placed
  await pay('a@shop.example', baht(120))
  const [refused, agreed] = sent('/api/orders')
  expect([refused?.body.expectedTotal, agreed?.body.expectedTotal]).toEqual([baht(100), baht(120)])
  expect(agreed?.key).not.toBe(refused?.key)
  expect(payments).toHaveLength(1)
})

test('where the bank gives no QR the order stands: pressing again asks the bank alone', async () => {
  const { pay, checkout, payments } = page()
  answers['/api/payment/create'] = () => problem(503, 'gateway_unavailable')
  await pay('a@shop.example', baht(100))
  await pay('a@shop.example', baht(100))
  expect(checkout.value).toMatchObject({ status: 'gateway_down', order: { id: ORDER } })
  answers['/api/payment/create'] = opened
  await pay('a@shop.example', baht(100))
  expect([sent('/api/orders').length, sent('/api/payment/create').length, payments.length]).toEqual([1, 3, 1])
})

test('an e-mail corrected while the bank gives no QR is the one that the photos go to', async () => {
  const { pay, payments } = page()
  answers['/api/payment/create'] = () => problem(503, 'gateway_unavailable')
  await pay('a@shop.exampel', baht(100))
  answers['/api/payment/create'] = opened
  await pay('a@shop.example', baht(100))
  expect(asked.map(({ path, body }) => [path, body.email])).toEqual([
    ['/api/orders', 'a@shop.exampel'],
    ['/api/payment/create', undefined],
    [`/api/orders/${ORDER}/cancel`, undefined],
    ['/api/orders', 'a@shop.example'],
    ['/api/payment/create', undefined],
  ])
  expect(payments).toHaveLength(1)
})

test('a language chosen on the page is that of the letter', async () => {
  const { changeLocale } = await import('../../base/i18n/index.ts')
  const { pay } = page()
  await changeLocale('en')
  await pay('a@shop.example', baht(100))
  await changeLocale('th')
  expect(asked[0]?.body).toMatchObject({ email: 'a@shop.example', locale: 'en' })
})
