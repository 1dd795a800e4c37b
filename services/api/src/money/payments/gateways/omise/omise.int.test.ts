import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from '../../bank-testing.ts'
import { reconcilePayments } from '../../sweep-payments.ts'

let bank: Bank
beforeAll(async () => void (bank = await startBank()))
afterAll(() => bank?.stop())
beforeEach(() => bank.faults())

const SECRET = Buffer.from('the secret of omise now')

/** A shop whose new payments go through Omise. */
async function openShop(): Promise<Shop> {
  const t = await bank.openShop({ second: bank.omise() })
  t.takesNew('omise')
  return t
}
const rowOf = async (t: Shop, paymentId: string) =>
  (await t.db.select().from(payments).where(eq(payments.id, paymentId)))[0]!

/** An event at Omise's address of the shop, signed as asked. */
const send = (t: Shop, event: object, sign: { secret?: Buffer; timestamp?: string; header?: string } = {}) => {
  const payload = JSON.stringify(event)
  const timestamp = sign.timestamp ?? '1790000000'
  const signature = createHmac('sha256', sign.secret ?? SECRET)
    .update(`${timestamp}.${payload}`)
    .digest('hex')
  return t.app.inject({
    method: 'POST',
    url: '/api/payment/webhook/omise',
    payload,
    headers: {
      'content-type': 'application/json',
      'omise-signature': sign.header ?? signature,
      'omise-signature-timestamp': timestamp,
    },
  })
}
const completed = (id: string, more: object = {}) => ({
  object: 'event',
  key: 'charge.complete',
  data: { object: 'charge', id, amount: 6_000, status: 'successful', metadata: {}, ...more },
})

test('an order is paid through Omise from its QR, an SVG, to its downloads', async () => {
  await using t = await openShop()
  const { visitor, order, payment, total } = await t.withQr(2)
  const row = await rowOf(t, payment.id)
  expect(row).toMatchObject({ gateway: 'omise', state: 'pending', amountDue: total })
  expect(row.transId).toMatch(/^chrg_/)
  const [form, picture] = (payment.qrImage as string).split(';base64,')
  expect(form).toBe('data:image/svg+xml')
  expect(Buffer.from(picture!, 'base64').toString()).toMatch(/^<svg /)
  await bank.pay(row.transId!)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  expect(await t.db.select().from(receipts)).toMatchObject([{ gateway: 'omise', transId: row.transId, reason: null }])
})

test('an announcement by itself pays nothing: the charge is fetched first', async () => {
  await using t = await openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  expect((await send(t, completed(transId!))).json()).toEqual({ status: 1 })
  await expect.poll(() => t.db.$count(gatewayEvents, eq(gatewayEvents.transId, transId!))).toBe(1)
  await reconcilePayments(t.deps)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
})

test('one of several signatures by a secret that we know is enough; none, another’s or one over other bytes is not', async () => {
  await using t = await openShop()
  const event = completed('chrg_unknown')
  const valid = createHmac('sha256', SECRET)
    .update(`1790000000.${JSON.stringify(event)}`)
    .digest('hex')
  expect((await send(t, event, { header: `${'0'.repeat(64)}, ${valid}` })).statusCode).toBe(200)
  for (const sign of [
    { header: '' },
    { header: 'not hex' },
    { secret: Buffer.from('another secret of nobody') },
    { timestamp: '1790000001', header: valid },
  ])
    expect((await send(t, event, sign)).json()).toMatchObject({ status: 401, code: 'bad_signature' })
})

test('events of no charge are acknowledged and kept nowhere; what cannot be read is refused', async () => {
  await using t = await openShop()
  const transfer = { object: 'event', key: 'transfer.pay', data: { object: 'transfer', id: 'trsf_1' } }
  expect((await send(t, transfer)).json()).toEqual({ status: 1 })
  expect((await send(t, { object: 'charge' })).json()).toMatchObject({ status: 400, code: 'malformed_request' })
  expect((await send(t, completed('chrg_1', { amount: 60.5 }))).json()).toMatchObject({ status: 400 })
  expect(await t.db.$count(gatewayEvents)).toBe(0)
})

test('a charge that runs out pays nothing', async () => {
  await using t = await openShop()
  const first = await t.withQr(1)
  const { transId } = await rowOf(t, first.payment.id)
  await send(t, completed(transId!, { status: 'expired' }))
  await expect.poll(() => t.db.$count(gatewayEvents)).toBe(1)
  expect(await t.status(first.visitor, first.order.id)).toBe('awaiting_payment')
})

test('what Omise does not take goes to the gateway after it, and what none takes is no order', async () => {
  await using t = await openShop()
  const { least, most } = t.deps.gateways.get('omise')!
  expect([least, most]).toEqual([2_000, 15_000_000])
  const cheap = new Map([...t.deps.gateways].map(([name, gateway]) => [name, { ...gateway, least: 7_000 }]))
  const cart = await t.withCart(1)
  t.deps.gateways = cheap
  expect((await t.order(cart.visitor, 6_000)).json()).toMatchObject({ status: 422, code: 'amount_out_of_range' })
  cheap.set('paynoi', { ...cheap.get('paynoi')!, least: 100 })
  const order = (await t.order(cart.visitor, 6_000)).json()
  const started = (await t.payment(cart.visitor, order.id)).json()
  expect(await rowOf(t, started.id)).toMatchObject({ gateway: 'paynoi' })
})

test('Omise answers a probe, says when it does not know the key, and is away when it fails', async () => {
  expect(await bank.omise().probe()).toBe('answers')
  expect(await bank.omise({ OMISE_SECRET_KEY: 'skey_other' }).probe()).toBe('key_refused')
  expect(await bank.omise({ OMISE_URL: 'http://127.0.0.1:9' }).probe()).toBe('away')
})

test('the customer sees that Omise fails or gives no QR, and the next try gives one', async () => {
  await using t = await openShop()
  const { visitor, ...cart } = await t.withCart(1)
  const order = (await t.order(visitor, cart.photos.length * 6_000)).json()
  for (const fault of [{ fail: 'create' }, { noQrImage: true }]) {
    await bank.faults(fault)
    expect((await t.payment(visitor, order.id)).json()).toMatchObject({ status: 503, code: 'gateway_unavailable' })
  }
  await bank.faults()
  expect((await t.payment(visitor, order.id)).statusCode).toBe(201)
})

test('a QR that the answer places on another server is not fetched: our key goes to Omise alone', async () => {
  let asked = 0
  const other = createServer((_, response) => void ((asked += 1), response.end('<svg/>')))
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const download_uri = `http://127.0.0.1:${(other.address() as AddressInfo).port}/qr`
  const charge = { object: 'charge', id: 'chrg_1', amount: 6_000, status: 'pending' }
  const answer = { ...charge, source: { scannable_code: { image: { download_uri } } } }
  const omise = createServer((_, response) => response.end(JSON.stringify(answer)))
  await once(omise.listen(0, '127.0.0.1'), 'listening')
  const OMISE_URL = `http://127.0.0.1:${(omise.address() as AddressInfo).port}`
  const wanted = { amount: 6_000, ref1: 'PX26000001A1', at: new Date() }
  await expect(bank.omise({ OMISE_URL }).create(wanted)).rejects.toThrow('lacks a QR')
  expect(asked).toBe(0)
  omise.close()
  other.close()
})
