import type { LinkedOrder } from '@pix/contracts/order-access.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderCodes, orders } from '@pix/db/schema/orders.ts'
import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeEntitlements } from '../../../catalogue/entitlements/index.ts'
import type { TestApp, TestAppOptions } from '../../../testing/test-app.ts'
import { shopWithCart } from '../order-testing.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
type Visitor = Awaited<ReturnType<TestApp['visitor']>>

/** A photo bought for nothing by a guest, the letter that brings it, and a browser that knows nothing of it. */
async function scene(options: TestAppOptions = {}, email = 'Naree@shop.example') {
  const t = await shopWithCart(1, { price: 0, ...options })
  const placed = await t.post('/api/orders', { email, locale: 'en', expectedTotal: { amount: 0, currency: 'THB' } })
  const { id: orderId } = placed.json<Order>()
  const letters = (to: string) =>
    t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, to)).orderBy(desc(outgoingMail.createdAt))
  const secretsOf = async (to: string, template: string) =>
    (await letters(to)).find(letter => letter.template === template)!.secrets!
  const token = (await secretsOf(email, 'order_paid')).token!
  const other = await t.visitor()
  const link = (path: string, who: Visitor = other, body: object = {}) =>
    t.post(`/api/orders/link${path}`, { token, ...body }, '', who)
  /** Has a code mailed, and reads the letter. */
  const code = async (who: Visitor = other) => {
    expect((await link('/code', who)).statusCode).toBe(202)
    return (await secretsOf(email, 'order_code')).code!
  }
  const give = (text: string, who: Visitor = other) => link('/open', who, { code: text })
  const seen = async (who: Visitor) => {
    const answers = []
    for (const url of [
      `/api/orders/${orderId}`,
      `/api/orders/${orderId}/download`,
      `/api/photos/${t.photoIds[0]}/original`,
    ])
      answers.push((await t.get(url, who)).statusCode)
    return answers
  }
  const correct = (to: string, who?: Visitor) =>
    t.app.inject({
      method: 'PUT',
      url: `/api/orders/${orderId}/email`,
      payload: { email: to },
      headers: (who ?? t.buyer).headers,
    })
  return Object.assign(t, { orderId, token, other, letters, secretsOf, link, code, give, seen, correct })
}

const ALL = [200, 200, 302]
const NOTHING = [404, 404, 404]
const wrongFor = (code: string) => (code === '111111' ? '222222' : '111111')

test('the link and a code of the order’s letters open the order in another browser, and a code is good once', async () => {
  await using t = await scene()
  const shown = (await t.link('')).json<LinkedOrder>()
  expect(shown).toMatchObject({ orderId: null, email: 'N•••@shop.example', code: null, nextCodeAt: null })
  expect(await t.seen(t.other)).toEqual(NOTHING)
  const code = await t.code()
  expect(code).toMatch(/^\d{6}$/)
  expect((await t.give(code)).json()).toEqual({ orderId: t.orderId })
  expect(await t.seen(t.other)).toEqual(ALL)
  expect((await t.link('')).json()).toMatchObject({ orderId: t.orderId })
  const third = await t.visitor()
  expect((await t.give(code, third)).json().code).toBe('order_code_over')
  expect(await t.seen(third)).toEqual(NOTHING)
  const [order] = (await t.get('/api/orders', t.other)).json<{ items: Order[] }>().items
  expect(order).toMatchObject({ id: t.orderId, mayCorrectEmail: false })
})

test('neither token nor code is stored as it is, and reading the link many times uses nothing up', async () => {
  await using t = await scene()
  const code = await t.code()
  const rows = JSON.stringify([await t.db.select().from(orders), await t.db.select().from(orderCodes)])
  expect(rows).not.toContain(t.token)
  expect(rows).not.toContain(`"${code}"`)
  for (let i = 0; i < 5; i += 1) expect((await t.link('')).json<LinkedOrder>().code?.triesLeft).toBe(5)
  expect((await t.give(code)).statusCode).toBe(200)
})

test('a token that never was, that of an earlier letter, and that of an order with nothing left are answered alike', async () => {
  await using t = await scene()
  const answers = async (token: string) => {
    const seen = []
    for (const [path, body] of [
      ['', {}],
      ['/code', {}],
      ['/open', { code: '123456' }],
    ] as const) {
      const answer = await t.post(`/api/orders/link${path}`, { token, ...body }, '', t.other)
      const { requestId: _, instance: __, ...rest } = answer.json()
      seen.push([answer.statusCode, rest])
    }
    return seen
  }
  const unknown = await answers('A'.repeat(43))
  await t.correct('right@shop.example')
  expect(await answers(t.token)).toEqual(unknown)
  const next = (await t.secretsOf('right@shop.example', 'order_paid')).token!
  expect((await t.post('/api/orders/link', { token: next }, '', t.other)).statusCode).toBe(200)
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: t.photoIds }, 'refund'))
  expect(await answers(next)).toEqual(unknown)
  // Who bought it comes to the page that says why.
  expect((await t.post('/api/orders/link', { token: next })).json()).toMatchObject({ orderId: t.orderId })
})

test('a code of another order opens nothing', async () => {
  await using t = await scene()
  const code = await t.code()
  const [{ buyerEmail: _, ...row }] = (await t.db.select().from(orders)) as [typeof orders.$inferSelect]
  const id = t.deps.newId()
  await t.db.insert(orders).values({ ...row, id, number: 'PX-2', linkHash: null, letterId: null })
  await t.db.update(orderCodes).set({ orderId: id })
  expect((await t.give(code)).json().code).toBe('order_code_over')
})

test('a code is good for ten minutes', async () => {
  await using t = await scene()
  t.hold()
  const code = await t.code()
  t.forward(10 * MINUTE)
  expect((await t.give(code)).json().code).toBe('order_code_over')
  const next = await t.code()
  t.forward(10 * MINUTE - 1)
  expect((await t.give(next)).statusCode).toBe(200)
})

test('after five wrong tries, together or in a row, the right code opens nothing', async () => {
  await using t = await scene()
  const code = await t.code()
  const answers = await Promise.all(Array.from({ length: 8 }, () => t.give(wrongFor(code))))
  const codes = answers.map(answer => answer.json().code as string).toSorted()
  expect(codes).toEqual([...Array(3).fill('order_code_over'), ...Array(5).fill('order_code_wrong')])
  expect((await t.give(code)).statusCode).toBe(410)
  const next = await t.code()
  for (let i = 0; i < 4; i += 1) await t.give(wrongFor(next))
  expect((await t.link('')).json<LinkedOrder>().code?.triesLeft).toBe(1)
  expect((await t.give(next)).statusCode).toBe(200)
})

test('three codes are sent in an hour, and the answer states the true wait for the fourth', async () => {
  await using t = await scene()
  t.hold()
  await t.code()
  t.forward(10 * MINUTE)
  await Promise.all([t.link('/code'), t.link('/code'), t.link('/code')])
  expect(await t.db.$count(orderCodes)).toBe(3)
  const refused = await t.link('/code')
  expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
    429,
    'too_many_codes',
    '3000',
  ])
  const { nextCodeAt } = (await t.link('')).json<LinkedOrder>()
  expect(Date.parse(nextCodeAt!) - t.deps.now().getTime()).toBe(50 * MINUTE)
  t.forward(50 * MINUTE)
  expect((await t.link('/code')).statusCode).toBe(202)
})

test('two browsers at once each open the order by the code they had mailed', async () => {
  await using t = await scene()
  const second = await t.visitor()
  const codes = [await t.code(t.other), await t.code(second)] as const
  const given = await Promise.all([t.give(codes[0], t.other), t.give(codes[1], second)])
  expect(given.map(answer => answer.statusCode)).toEqual([200, 200])
  expect([await t.seen(t.other), await t.seen(second)]).toEqual([ALL, ALL])
})

test('codes are bounded for each network, too', async () => {
  await using t = await scene({ settings: { LIMIT_IP_ORDER_CODES_PER_HOUR: '2' } })
  const statuses = []
  for (let i = 0; i < 3; i += 1) statuses.push((await t.link('/code')).statusCode)
  expect(statuses).toEqual([202, 202, 429])
})

test('tries are bounded for each network, too', async () => {
  await using t = await scene({ settings: { LIMIT_IP_ORDER_TRIES_PER_HOUR: '2' } })
  const code = await t.code()
  const codes = []
  for (let i = 0; i < 3; i += 1) codes.push((await t.give(wrongFor(code))).json().code)
  expect(codes).toEqual(['order_code_wrong', 'order_code_wrong', 'rate_limited'])
})

test('what was opened by a code ends with the downloads', async () => {
  await using t = await scene()
  await t.give(await t.code())
  t.forward(29 * DAY)
  expect(await t.seen(t.other)).toEqual(ALL)
  t.forward(DAY + MINUTE)
  expect(await t.seen(t.other)).toEqual(NOTHING)
})

test('a corrected e-mail gets the letter; link, codes and browsers of the old address are out, and it is recorded', async () => {
  await using t = await scene({}, 'wrong@shop.example')
  const code = await t.code()
  const earlier = await t.visitor()
  await t.give(await t.code(earlier), earlier)
  const corrected = await t.correct('Right+me@Shop.example')
  expect(corrected.json<Order>()).toMatchObject({
    email: 'Right+me@shop.example',
    mail: 'queued',
    mayCorrectEmail: true,
  })
  expect(await t.letters('wrong@shop.example')).toEqual([])
  expect((await t.give(code)).statusCode).toBe(404)
  expect(await t.seen(earlier)).toEqual(NOTHING)
  const mine = await t.visitor(
    await t.user('customer', { email: 'right+me@shop.example', emailVerifiedAt: t.deps.now() }),
  )
  expect(await t.seen(mine)).toEqual(ALL)
  const recorded = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'order.email'))
  expect(recorded).toMatchObject([{ actorId: null, subject: `order:${t.orderId}` }])
  expect(JSON.stringify(recorded)).not.toContain('@')
})

test('the e-mail is settled once another session has downloaded, and nobody else may correct it', async () => {
  await using t = await scene()
  expect((await t.correct('x@shop.example', t.other)).statusCode).toBe(404)
  await t.give(await t.code())
  expect((await t.correct('x@shop.example', t.other)).statusCode).toBe(404)
  expect((await t.get(`/api/orders/${t.orderId}`)).json()).toMatchObject({ mayCorrectEmail: true })
  await t.get(`/api/photos/${t.photoIds[0]}/original`, t.other)
  const refused = await t.correct('x@shop.example')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'email_settled'])
  expect((await t.get(`/api/orders/${t.orderId}`)).json()).toMatchObject({ mayCorrectEmail: false })
})

test('a correction and a first download elsewhere at the same moment: one of them is refused', async () => {
  await using t = await scene()
  await t.give(await t.code())
  const [download, correction] = await Promise.all([
    t.get(`/api/photos/${t.photoIds[0]}/original`, t.other),
    t.correct('x@shop.example'),
  ])
  expect([
    [302, 409],
    [404, 200],
  ]).toContainEqual([download.statusCode, correction.statusCode])
})

test('the order says how far its letter is: queued, sent, or failed', async () => {
  await using t = await scene()
  const mail = async () => [
    (await t.get(`/api/orders/${t.orderId}`)).json<Order>().mail,
    (await t.get(`/api/orders/${t.orderId}/download`)).json().mail as string,
  ]
  expect(await mail()).toEqual(['queued', 'queued'])
  const at = t.deps.now()
  await t.db.update(outgoingMail).set({ secrets: null, nextTryAt: null, givenUp: 'refused', givenUpAt: at })
  expect(await mail()).toEqual(['failed', 'failed'])
  await t.db.update(outgoingMail).set({ givenUp: null, givenUpAt: null, sentAt: at })
  expect(await mail()).toEqual(['sent', 'sent'])
})
