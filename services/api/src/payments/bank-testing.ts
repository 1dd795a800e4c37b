import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type TestApp, type TestAppOptions, testApp } from '../testing.ts'
import { PAYNOI_TIMES, createPayNoi } from './paynoi.ts'

const API_KEY = 'test-api-key'
export const WEBHOOK_SECRET = 'test-webhook-secret'
const SIM = fileURLToPath(new URL('../../../paynoi-sim/src/main.ts', import.meta.url))

export interface SimCharge {
  trans_id: string
  ref1: string
  amount: string
  payment_status: string
  expire_at: string
}

interface ShopOptions extends TestAppOptions {
  /** How long the gateway is waited for. */
  patienceMs?: number
}

/**
 * The bank: `paynoi-sim` as a program of its own, spoken to over HTTP. It announces to one port, on which the shops of
 * a test file listen one after the other.
 */
export async function startBank() {
  const [port, shopPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const program = spawn(process.execPath, ['--import', 'tsx', SIM], {
    stdio: 'inherit',
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      LOG_LEVEL: 'error',
      PAYNOI_API_KEY: API_KEY,
      PAYNOI_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PAYNOI_WEBHOOK_URL: `http://127.0.0.1:${shopPort}/api/payment/webhook`,
    },
  })
  await untilItAnswers(`${url}/healthz`, program)

  const post = async (path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`)
    return answer.json() as Promise<unknown>
  }
  const none = await (await fetch(`${url}/faults`)).json()
  const charges = async () => ((await (await fetch(`${url}/charges`)).json()) as { items: SimCharge[] }).items
  return {
    url,
    /** Faults of the charges made from now on; what is not named is off. */
    faults: (change: object = {}) => post('/faults', { ...(none as object), ...change }),
    faultsOf: (transId: string, change: object) => post(`/charges/${transId}/faults`, change),
    /** Newest first. */
    charges,
    pay: (transId: string, more: object = {}) => post(`/charges/${transId}/pay`, more) as Promise<SimCharge>,
    openShop: (options: ShopOptions = {}) => openShop(url, shopPort, options),
    stop: async () => {
      program.kill()
      await once(program, 'exit')
    },
  }
}
export type Bank = Awaited<ReturnType<typeof startBank>>

/** The real app, listening, with this bank as its gateway. */
async function openShop(bankUrl: string, port: number, { patienceMs = 20_000, ...options }: ShopOptions) {
  const gateway = createPayNoi(
    {
      PAYNOI_URL: bankUrl,
      PAYNOI_API_KEY: API_KEY,
      PAYNOI_KEY_ID: 'test-key-id',
      PAYNOI_ACCOUNT: '0812345678',
      PAYNOI_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
    { ...PAYNOI_TIMES, totalMs: patienceMs },
  )
  const t = await testApp({ ...options, gateway, settings: { PAYNOI_ACCOUNT: '0812345678', ...options.settings } })
  await t.app.listen({ host: '127.0.0.1', port })
  return Object.assign(t, buying(t), { url: `http://127.0.0.1:${port}` })
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** A customer's steps. */
function buying(t: TestApp) {
  type Visitor = Awaited<ReturnType<TestApp['visitor']>>
  const post = (visitor: Visitor, url: string, payload: object, key: string = t.deps.newId()) =>
    t.app.inject({ method: 'POST', url, payload, headers: { ...visitor.headers, 'idempotency-key': key } })

  /** A visitor with so many photos of one event in the cart. */
  const withCart = async (photos: number, more: { organizer?: string } = {}) => {
    const event = await t.event(more.organizer ? { organizerId: more.organizer } : {})
    const photographer = await t.user('photographer')
    const made = []
    for (let i = 0; i < photos; i += 1) made.push(await t.photo(event.id, photographer.id))
    const visitor = await t.visitor()
    const photoIds = made.map(photo => photo.id)
    await post(visitor, '/api/cart/items', { photoIds })
    return { event, photographer, photos: made, photoIds, visitor }
  }
  const order = (visitor: Visitor, total: number, key?: string) =>
    post(
      visitor,
      '/api/orders',
      { email: 'a@b.example', locale: 'th', expectedTotal: { amount: total, currency: 'THB' } },
      key,
    )
  const payment = (visitor: Visitor, orderId: string, key?: string) =>
    post(visitor, '/api/payment/create', { orderId }, key)
  const get = (visitor: Visitor, url: string) => t.app.inject({ url, headers: visitor.headers })

  /** Everything up to the QR. One photo costs 60 baht. */
  const withQr = async (photos = 1, more: { organizer?: string } = {}) => {
    const cart = await withCart(photos, more)
    const total = (await get(cart.visitor, '/api/cart')).json().quote.chosen.total.amount as number
    const answer = await order(cart.visitor, total)
    if (answer.statusCode !== 201) throw new Error(answer.body)
    const placed = answer.json()
    const started = await payment(cart.visitor, placed.id)
    if (started.statusCode !== 201) throw new Error(started.body)
    const qr = started.json()
    return { ...cart, total, order: placed, payment: qr }
  }
  const status = async (visitor: Visitor, orderId: string): Promise<string> =>
    (await get(visitor, `/api/orders/${orderId}`)).json().status
  return { post, get, withCart, order, payment, withQr, status }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function untilItAnswers(url: string, program: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (program.exitCode !== null) throw new Error(`the simulator ended with ${program.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await sleep(100)
  }
  program.kill()
  throw new Error('the simulator did not start in 20 s')
}
