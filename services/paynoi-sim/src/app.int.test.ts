import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { validate } from 'promptparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildSim } from './app.ts'
import { NO_FAULTS } from './faults.ts'
import { promptPayPayload } from './promptpay-image.ts'
import { Settings } from './settings.ts'

/** A shop that keeps what it is sent and answers as the test wants. */
const received: string[] = []
let answers: number[] = []
const shop = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', part => parts.push(part as Buffer))
  request.on('end', () => {
    received.push(Buffer.concat(parts).toString())
    response.writeHead(answers.shift() ?? 200, { 'content-type': 'application/json' }).end('{"status":1}')
  })
})

let sim: Awaited<ReturnType<typeof buildSim>>
beforeAll(async () => {
  await once(shop.listen(0, '127.0.0.1'), 'listening')
  const address = shop.address()
  const port = typeof address === 'object' ? address?.port : 0
  const settings = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    PAYNOI_API_KEY: 'key-for-tests',
    PAYNOI_WEBHOOK_SECRET: 'secret-for-tests',
    PAYNOI_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
  }
  sim = await buildSim(Settings.parse(settings))
})
afterAll(async () => {
  await sim.close()
  shop.close()
})

const call = (body: object) => sim.inject({ method: 'POST', url: '/', payload: { api_key: 'key-for-tests', ...body } })
const create = async (faults: object = {}) => {
  await sim.inject({ method: 'POST', url: '/faults', payload: { ...NO_FAULTS, ...faults } })
  const wanted = {
    method: 'create',
    amount: 310,
    ref1: 'PX26000001A1',
    key_id: '1',
    account: 'a',
    type: '1',
  }
  return call(wanted)
}
const pay = (transId: string, payload: object = {}) =>
  sim.inject({ method: 'POST', url: `/charges/${transId}/pay`, payload })
const status = async (transId: string) =>
  (await call({ method: 'check', trans_id: transId })).json<{ payment_status: string }>().payment_status

test('a charge is made, paid, announced with a signature over the bytes of data, and then checks as completed', async () => {
  const made = (await create()).json<{ trans_id: string; qr_image_base64: string; amount: string; expire_at: string }>()
  expect(made.amount).toBe('310.00')
  expect(Buffer.from(made.qr_image_base64, 'base64').subarray(1, 4).toString()).toBe('PNG')
  expect(Date.parse(made.expire_at) - Date.now()).toBeGreaterThan(890_000)
  expect(await status(made.trans_id)).toBe('pending')

  received.length = 0
  await pay(made.trans_id)
  expect(await status(made.trans_id)).toBe('completed')
  const [body = ''] = received
  const data = body.slice(body.indexOf('{', 1), body.lastIndexOf('}', body.lastIndexOf('"signature"')) + 1)
  const { signature } = JSON.parse(body) as { signature: string }
  expect(createHmac('sha256', 'secret-for-tests').update(data).digest('hex')).toBe(signature)
  expect(JSON.parse(data)).toMatchObject({ trans_id: made.trans_id, amount: '310.00', payment_status: 'completed' })
})

test('the QR is a PromptPay bill payment with the amount and the reference', () => {
  const payload = promptPayPayload({ due: 31_007, ref1: 'PX26000001A1' })
  expect(validate.billPayment(payload)).toMatchObject({ amount: 310.07, ref1: 'PX26000001A1' })
})

test('a webhook that is not taken is sent again', async () => {
  const { trans_id } = (await create()).json<{ trans_id: string }>()
  received.length = 0
  answers = [500]
  await pay(trans_id)
  await expect.poll(() => received.length).toBe(2)
  expect(received[0]).toBe(received[1])
})

test('a wrong key, an unknown charge and a senseless amount are refused', async () => {
  expect((await call({ method: 'check', trans_id: 'x', api_key: 'wrong' })).statusCode).toBe(401)
  expect((await call({ method: 'check', trans_id: 'x' })).statusCode).toBe(404)
  const wanted = { method: 'create', amount: 1.234, ref1: 'A', key_id: '1', account: 'a', type: '1' }
  expect((await call(wanted)).statusCode).toBe(404)
  expect((await call({ method: 'refund' })).statusCode).toBe(400)
})

test('an amount as text, and another way to pay than PromptPay, are refused', async () => {
  const wanted = { method: 'create', amount: 60.07, ref1: 'A', key_id: '1', account: 'a', type: '1' }
  expect((await call(wanted)).json()).toMatchObject({ amount: '60.07' })
  for (const change of [{ amount: '60.07' }, { type: 'promptpay' }, { type: 1 }])
    expect([change, (await call({ ...wanted, ...change })).statusCode]).toEqual([change, 400])
})

test.each([
  [{ satang: 7 }, '310.07'],
  [{ satang: -150 }, '308.50'],
])('the amount asked for is changed by %j', async (fault, amount) => {
  expect((await create(fault)).json<{ amount: string }>().amount).toBe(amount)
})

test('each fault does what it says', async () => {
  expect((await create({ fail: 'create' })).statusCode).toBe(500)
  expect((await create({ noQrImage: true })).json()).not.toHaveProperty('qr_image_base64')

  const began = Date.now()
  await create({ slowMs: 300 })
  expect(Date.now() - began).toBeGreaterThanOrEqual(295)

  const announced = async (faults: object) => {
    const { trans_id } = (await create(faults)).json<{ trans_id: string }>()
    received.length = 0
    await pay(trans_id)
    return received.map(body => JSON.parse(body) as { data: { trans_id: string; ref1: string }; signature: string })
  }
  expect(await announced({ never: true })).toHaveLength(0)
  expect(await announced({ duplicateWebhooks: 4 })).toHaveLength(5)
  const twice = await announced({ secondPayment: true })
  expect(new Set(twice.map(one => one.data.trans_id)).size).toBe(2)
  expect(new Set(twice.map(one => one.data.ref1)).size).toBe(1)

  const { trans_id } = (await create({ late: true, expiresInSeconds: 5 })).json<{ trans_id: string }>()
  await pay(trans_id)
  expect(await status(trans_id)).toBe('pending')
  await expect.poll(() => status(trans_id)).toBe('completed')
})

test('the pages list a charge, show it, and its button pays it', async () => {
  const { trans_id } = (await create()).json<{ trans_id: string }>()
  expect((await sim.inject('/')).body).toContain(`/pay/${trans_id}`)
  expect((await sim.inject(`/pay/${trans_id}`)).body).toContain('฿310.00')
  const form = {
    method: 'POST',
    url: `/pay/${trans_id}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const
  const pressed = await sim.inject({ ...form, payload: 'do=pay&never=no&never=yes&satang=0' })
  expect(pressed.statusCode).toBe(303)
  expect(await status(trans_id)).toBe('completed')
})
