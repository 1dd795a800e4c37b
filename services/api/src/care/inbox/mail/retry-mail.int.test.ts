import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { addRefusedLetter, inboxOf } from '../testing.ts'

const letterOf = async (t: TestApp, id: string) =>
  (await t.db.select().from(outgoingMail).where(eq(outgoingMail.id, id)))[0]!

const letterOfOrder = async (t: TestApp, orderId: string) => {
  const [order] = await t.db.select().from(orders).where(eq(orders.id, orderId))
  return letterOf(t, order!.letterId!)
}

test('a letter to a refused address is a line that says what the mail server said, and is sent again on one press', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, answer, orderId } = await addRefusedLetter(t)
  expect((await inbox.read()).items).toMatchObject([
    {
      kind: 'mail',
      id: mailId,
      taken: null,
      about: {
        template: 'order_paid',
        recipient: 'Gone@Shop.test',
        why: 'refused',
        lastAnswer: answer,
        orderNumber: `PX-${orderId}`,
        mayRetry: true,
      },
    },
  ])
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, {})).statusCode).toBe(204)
  expect(await letterOfOrder(t, orderId)).toMatchObject({ recipient: 'buyer@test.example', givenUp: null, attempts: 0 })
  expect((await inbox.read()).items).toEqual([])
})

test("an order's letter is sent again with a new link, because the old one is erased", async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, orderId, visitor } = await addRefusedLetter(t)
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, {})).statusCode).toBe(204)
  const { secrets } = await letterOfOrder(t, orderId)
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/orders/link',
    payload: { token: secrets!.token },
    headers: visitor.headers,
  })
  expect(answer.json()).toMatchObject({ orderId })
})

test('the audit names the order or the account of a letter that is sent again, and no address', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, orderId } = await addRefusedLetter(t)
  const user = await t.user('customer')
  const other = await addRefusedLetter(t, user.email)
  await t.db
    .update(outgoingMail)
    .set({ template: 'password_changed', dedupeKey: 'something else' })
    .where(eq(outgoingMail.id, other.mailId))
  for (const [id, body] of [
    [mailId, { email: 'new@shop.test' }],
    [other.mailId, {}],
  ] as const)
    expect((await inbox.ask('POST', `/mail/${id}/retry`, body)).statusCode).toBe(204)
  const lines = await t.db.select().from(auditEvents)
  expect(lines).toMatchObject([
    { action: 'order.email', subject: `order:${orderId}` },
    { action: 'mail.retry', subject: `mail:${mailId}`, detail: { template: 'order_paid', orderId } },
    {
      action: 'mail.retry',
      subject: `mail:${other.mailId}`,
      detail: { template: 'password_changed', userId: user.id },
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('@')
})

test("an order's letter goes to a corrected address, which the order has from then on; the wrong one stays suppressed", async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, orderId } = await addRefusedLetter(t)
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, { email: 'no address' })).statusCode).toBe(422)
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, { email: ' New@Shop.TEST' })).statusCode).toBe(204)
  expect(await letterOfOrder(t, orderId)).toMatchObject({ recipient: 'New@shop.test', givenUp: null })
  const [order] = await t.db.select().from(orders).where(eq(orders.id, orderId))
  expect(order?.email).toBe('New@shop.test')
  expect((await t.db.select().from(suppressedAddresses)).map(({ address }) => address)).toEqual(['gone@shop.test'])
})

test('the letter of an order that was downloaded elsewhere goes to no other address', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, orderId } = await addRefusedLetter(t)
  await t.db.update(orders).set({ downloadedElsewhereAt: t.deps.now() }).where(eq(orders.id, orderId))
  const answer = await inbox.ask('POST', `/mail/${mailId}/retry`, { email: 'new@shop.test' })
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'email_settled'])
  expect((await inbox.read()).items).toMatchObject([{ id: mailId }])
})

test('only the letter of an order goes to another address', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId } = await addRefusedLetter(t)
  await t.db.update(outgoingMail).set({ dedupeKey: 'something else' }).where(eq(outgoingMail.id, mailId))
  const answer = await inbox.ask('POST', `/mail/${mailId}/retry`, { email: 'new@shop.test' })
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'illegal_state'])
  expect(await letterOf(t, mailId)).toMatchObject({ recipient: 'Gone@Shop.test', givenUp: 'refused' })
})

test('a letter of an early release, without a reason beside it, is a line as one whose day had passed', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId } = await addRefusedLetter(t)
  await t.db.update(outgoingMail).set({ givenUp: null, givenUpAt: null }).where(eq(outgoingMail.id, mailId))
  expect((await inbox.read()).items).toMatchObject([{ id: mailId, about: { why: 'expired' } }])
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, {})).statusCode).toBe(204)
})

test('a letter that has no words any more can be left and not sent', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId } = await addRefusedLetter(t)
  await t.db
    .update(outgoingMail)
    .set({ template: 'of_old' as 'order_paid' })
    .where(eq(outgoingMail.id, mailId))
  expect((await inbox.read()).items).toMatchObject([{ about: { mayRetry: false } }])
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, {})).json().code).toBe('illegal_state')
  expect((await inbox.leave({ kind: 'mail', id: mailId })).statusCode).toBe(204)
})
