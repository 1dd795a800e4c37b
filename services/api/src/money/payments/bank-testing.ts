import type { Carts } from '@pix/contracts/cart.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { PaymentGateway } from '../../base/payment-gateway.ts'
import type { GatewaySettings } from '../../gateway-settings.ts'
import { type TestApp, type TestAppOptions, testApp } from '../../testing/test-app.ts'
import { GATEWAY_TIMES } from './gateways/call-gateway.ts'
import { createOmise } from './gateways/omise/omise.ts'
import { createPayNoi } from './gateways/paynoi/paynoi.ts'

const API_KEY = 'test-api-key'
export const WEBHOOK_SECRET = 'test-webhook-secret'

/** An announcement as PayNoi signs it. */
export function signedByPayNoi(data: object): string {
  const text = JSON.stringify(data)
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex')
  return `{"data":${text},"signature":"${signature}"}`
}

const OMISE_KEY = 'skey_test_only'
/** Two secrets, as while they are being changed: the bank signs by both, and the shop knows the second. */
const OMISE_SECRETS = ['an older secret of omise', 'the secret of omise now'].map(text =>
  Buffer.from(text).toString('base64'),
)
const SIM = fileURLToPath(new URL('../../../../paynoi-sim/src/main.ts', import.meta.url))

export interface SimCharge {
  trans_id: string
  ref1: string
  amount: string
  payment_status: string
  expire_at: string
}

/**
 * The bank: `paynoi-sim` as a program of its own, reached over HTTP. It announces to one address, behind which the
 * shops of a test file open one after the other.
 */
export async function startBank() {
  const door = await openDoor()
  const program = spawn(process.execPath, [...TYPESCRIPT, SIM], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'info',
      PAYNOI_API_KEY: API_KEY,
      PAYNOI_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PAYNOI_WEBHOOK_URL: `http://127.0.0.1:${door.port}/api/payment/webhook`,
      OMISE_SECRET_KEY: OMISE_KEY,
      OMISE_WEBHOOK_SECRETS: OMISE_SECRETS.join(','),
      OMISE_WEBHOOK_URL: `http://127.0.0.1:${door.port}/api/payment/webhook/omise`,
    },
  })
  const url = await addressOf(program)

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
    /** Faults of the charges that are made from now on; a fault that is not named is off. */
    faults: (change: object = {}) => post('/faults', { ...(none as object), ...change }),
    faultsOf: (transId: string, change: object) => post(`/charges/${transId}/faults`, change),
    /** Newest first. */
    charges,
    pay: (transId: string, more: object = {}) => post(`/charges/${transId}/pay`, more) as Promise<SimCharge>,
    /** The shop's side of Omise at this bank. */
    omise: (more: Partial<GatewaySettings<'omise'>> = {}) =>
      createOmise(
        {
          OMISE_URL: `${url}/omise`,
          OMISE_SECRET_KEY: OMISE_KEY,
          OMISE_WEBHOOK_SECRETS: [Buffer.from(OMISE_SECRETS[1]!, 'base64')],
          ...more,
        },
        { ...GATEWAY_TIMES, totalMs: 60_000 },
      ),
    openShop: (options: ShopOptions = {}) => openShop(url, door, options),
    stop: async () => {
      program.kill()
      await once(program, 'exit')
      door.close()
    },
  }
}
export type Bank = Awaited<ReturnType<typeof startBank>>

interface ShopOptions extends TestAppOptions {
  /** A gateway of another bank; new payments go through PayNoi until `takesNew` names it. */
  second?: PaymentGateway
}

/** The real app, listening, with this bank as its gateway. */
async function openShop(bankUrl: string, door: Door, { second, ...options }: ShopOptions) {
  const times = { ...GATEWAY_TIMES, totalMs: 60_000 }
  const paynoi = createPayNoi(
    {
      PAYNOI_URL: bankUrl,
      PAYNOI_API_KEY: API_KEY,
      PAYNOI_KEY_ID: 'test-key-id',
      PAYNOI_ACCOUNT: '0812345678',
      PAYNOI_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
    times,
  )
  const gateways = new Map([paynoi, ...(second ? [second] : [])].map(gateway => [gateway.name, gateway]))
  const t = await testApp({ ...options, gateways })
  const url = await t.listen()
  door.leadsTo(Number(new URL(url).port))
  /** How long the gateway is waited for from here on. */
  const patience = (ms: number) => void (times.totalMs = ms)
  /** Puts a gateway first, as another order in the settings does. */
  const takesNew = (name: string) => {
    const others = [...gateways].filter(([other]) => other !== name)
    for (const [other] of others) gateways.delete(other)
    for (const [other, gateway] of others) gateways.set(other, gateway)
  }
  return Object.assign(t, buying(t), { url, patience, takesNew })
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
    const total = (await get(cart.visitor, '/api/cart')).json<Carts>().items[0]!.total.amount
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

  /** PayNoi says something of a charge, well signed. */
  const announce = (data: object) =>
    t.app.inject({
      method: 'POST',
      url: '/api/payment/webhook',
      payload: signedByPayNoi(data),
      headers: { 'content-type': 'application/json' },
    })
  return { post, get, withCart, order, payment, withQr, status, announce }
}

type Door = Awaited<ReturnType<typeof openDoor>>

/** One port for the whole file, held from its beginning to its end: nobody else can take it between two shops. */
async function openDoor() {
  let shop = 0
  const server = createServer(visitor => {
    const inside = connect(shop, '127.0.0.1')
    pipeline(visitor, inside, visitor, () => undefined)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    leadsTo: (port: number) => void (shop = port),
    close: () => void server.close(),
  }
}

/** Where it says that it listens. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) {
    const [, url] = /listening at (http:[^"]+)"/.exec(line) ?? []
    if (url === undefined) continue
    stdout!.resume() // what it says later is not read, and must not hold it up
    return url
  }
  throw new Error('the simulator ended before it listened')
}
