import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { addRefusedLetter, inboxOf } from '../testing.ts'

const letterOf = async (t: TestApp, id: string) =>
  (await t.db.select().from(outgoingMail).where(eq(outgoingMail.id, id)))[0]!

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
  const letter = await letterOf(t, mailId)
  expect(letter).toMatchObject({ givenUp: null, givenUpAt: null, attempts: 0, sentAt: null })
  expect(letter.nextTryAt!.getTime()).toBeLessThanOrEqual(t.deps.now().getTime())
  expect(await t.db.select().from(suppressedAddresses)).toEqual([])
  expect((await inbox.read()).items).toEqual([])
  expect(await t.db.select().from(auditEvents)).toMatchObject([
    {
      action: 'mail.retry',
      subject: `mail:${mailId}`,
      before: { to: 'Gone@Shop.test' },
      after: { to: 'Gone@Shop.test' },
    },
  ])
})

test("an order's letter goes to a corrected address, which the order has from then on; the wrong one stays suppressed", async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const { mailId, orderId } = await addRefusedLetter(t)
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, { email: 'no address' })).statusCode).toBe(422)
  expect((await inbox.ask('POST', `/mail/${mailId}/retry`, { email: ' New@Shop.TEST' })).statusCode).toBe(204)
  expect(await letterOf(t, mailId)).toMatchObject({ recipient: 'New@shop.test', givenUp: null })
  const [order] = await t.db.select().from(orders).where(eq(orders.id, orderId))
  expect(order?.email).toBe('New@shop.test')
  expect((await t.db.select().from(suppressedAddresses)).map(({ address }) => address)).toEqual(['gone@shop.test'])
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
