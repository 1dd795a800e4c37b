import { newId } from '@pix/db/ids.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import { reportOf, startImap, type TestImap } from './bounce-testing.ts'
import { readBounces } from './read-bounces.ts'

const now = () => new Date('2026-11-26T08:00:00Z')
let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())
afterEach(() => place.db.delete(suppressedAddresses))

const published: string[] = []
const live = { publish: async (topic: string) => void published.push(topic) }
const run = ({ url }: Pick<TestImap, 'url'>, MODE = 'development') =>
  readBounces({ db: place.db, live, now, log: silentLog }, { BOUNCE_IMAP_URL: url, MODE })

/** A letter that a mail server took. */
async function sentLetter(orderId: string = newId()): Promise<string> {
  const id = await place.addLetter(orderId, now(), 'Gone@buyer.test')
  const sent = { template: 'password_changed', sentAt: now(), nextTryAt: null, secrets: null } as const
  await place.db.update(outgoingMail).set(sent).where(eq(outgoingMail.id, id))
  return id
}
const suppressed = async () => (await place.db.select().from(suppressedAddresses)).map(({ address }) => address)

test('a hard bounce suppresses the address and gives the letter up, which is a line of the inbox then', async () => {
  await using imap = await startImap()
  const id = await sentLetter()
  imap.arrive(reportOf({ messageId: id }))
  await run(imap)
  expect(await suppressed()).toEqual(['gone@buyer.test'])
  expect(await place.letter(id)).toMatchObject({
    sentAt: null,
    nextTryAt: null,
    givenUp: 'refused',
    lastAnswer: '5.1.1 smtp; 550 5.1.1 no such user',
  })
})

test('a soft bounce, and a message that is no bounce, change nothing and keep nothing from being read', async () => {
  await using imap = await startImap()
  const [soft, hard] = [await sentLetter(), await sentLetter()]
  imap.arrive(reportOf({ messageId: soft, status: '4.2.2' }))
  imap.arrive('Subject: hello\r\n\r\nIs anybody there?')
  imap.arrive(reportOf({ messageId: newId() }))
  imap.arrive(reportOf({ envelopeId: hard }))
  await run(imap)
  expect(await place.letter(soft)).toMatchObject({ sentAt: now(), givenUp: null })
  expect(await place.letter(hard)).toMatchObject({ sentAt: null, givenUp: 'refused' })
})

test('each message is handled once: what a person decided after it stays', async () => {
  await using imap = await startImap()
  const id = await sentLetter()
  imap.arrive(reportOf({ messageId: id }))
  await run(imap)
  await place.db.delete(suppressedAddresses)
  await place.db
    .update(outgoingMail)
    .set({ sentAt: now(), givenUp: null, givenUpAt: null })
    .where(eq(outgoingMail.id, id))
  await run(imap)
  expect(await suppressed()).toEqual([])
  expect(await place.letter(id)).toMatchObject({ sentAt: now(), givenUp: null })
})

test('two clerks that read the same message at once change the same', async () => {
  await using imap = await startImap()
  const id = await sentLetter()
  imap.arrive(reportOf({ messageId: id }))
  await Promise.all([run(imap), run(imap)])
  expect(await suppressed()).toEqual(['gone@buyer.test'])
  expect(await place.letter(id)).toMatchObject({ givenUp: 'refused' })
})

test('the bounce of an order’s letter is published to the pages that follow the order; the bounce of a letter to an address that was corrected since marks nothing as failed', async () => {
  await using imap = await startImap()
  const order = await place.addPaidOrder([{ fileName: 'a.jpg', bytes: Buffer.from('a') }], now())
  const [before, present] = [await sentLetter(), await sentLetter()]
  await place.db.update(outgoingMail).set({ template: 'order_paid' })
  await place.db.update(orders).set({ letterId: present }).where(eq(orders.id, order.id))
  imap.arrive(reportOf({ messageId: before }))
  await run(imap)
  expect(await place.letter(before)).toMatchObject({ sentAt: now(), givenUp: null })
  imap.arrive(reportOf({ messageId: present }))
  await run(imap)
  expect(await place.letter(present)).toMatchObject({ sentAt: null, givenUp: 'refused' })
  expect(published).toEqual([`archive:${order.id}`])
})

test('a mailbox that refuses the password fails the run, and the error does not contain the password', async () => {
  await using imap = await startImap()
  const wrong = { ...imap, url: imap.url.replace(/bounces:[^@]+/, 'bounces:not-the-one') }
  const error = await run(wrong).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('not-the-one')
})

test('in production a mailbox without TLS is not read, and its server never sees the password', async () => {
  await using imap = await startImap()
  const id = await sentLetter()
  imap.arrive(reportOf({ messageId: id }))
  await expect(run(imap, 'production')).rejects.toThrow(/TLS/)
  expect(imap.received()).not.toMatch(/LOGIN|AUTHENTICATE/i)
  expect(await place.letter(id)).toMatchObject({ givenUp: null })
  await run(imap)
  expect(imap.received()).toMatch(/LOGIN|AUTHENTICATE/i)
})
