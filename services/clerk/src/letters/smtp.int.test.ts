import { newId } from '@pix/db/ids.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { createLog } from '@pix/platform/log.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPlace, type TestPlace } from '../testing.ts'
import type { Mailer } from './mailer.ts'
import { openMailer } from './open-mailer.ts'
import { sendMail } from './send-mail.ts'
import { answer, PASSWORD, smtpUrl, startSmtp } from './smtp-testing.ts'

const now = () => new Date('2026-11-20T08:00:00Z')
let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

interface Clerk extends Disposable {
  send(mailId: string): Promise<string>
  /** Everything that was logged and thrown. */
  said(): string
}

/** Sends over the server at the address, as the clerk does. */
function clerkFor(url: string, { MODE = 'development' }: { MODE?: 'development' | 'production' } = {}): Clerk {
  const from = { MAIL_FROM: 'ThePixStock <no-reply@shop.example>', MAIL_REPLY_TO: 'help@shop.example' }
  const mailer: Mailer = openMailer({ ...place.settings, ...from, MODE, SMTP_URL: url })
  const lines: string[] = []
  const log = createLog('clerk', { level: 'trace', pretty: false }, { write: line => void lines.push(line) })
  return {
    send: mailId =>
      sendMail({ db: place.db, now, log, mailer, originOf: () => 'https://shop.example' }, mailId).catch(error => {
        log.error({ err: error }, 'a job failed')
        lines.push(String(error))
        return 'failed'
      }),
    said: () => lines.join(''),
    [Symbol.dispose]: () => mailer.close(),
  }
}

test('a letter reaches the mail server once, whole, and says that a program wrote it', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  const orderId = newId()
  const mailId = await place.addLetter(orderId, now(), 'once@buyer.test')
  expect(await clerk.send(mailId)).toBe('sent')
  expect(await clerk.send(mailId)).toBe('nothing')
  expect(smtp.users).toEqual(['clerk'])
  expect(smtp.received).toHaveLength(1)
  const [letter] = smtp.received
  expect(letter).toMatchObject({
    recipients: ['once@buyer.test'],
    from: { name: 'ThePixStock', address: 'no-reply@shop.example' },
    replyTo: [{ address: 'help@shop.example' }],
    messageId: `<${mailId}@shop.example>`,
  })
  const headers = Object.fromEntries(letter!.headers.map(({ key, value }) => [key, value]))
  expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated', to: 'once@buyer.test' })
  expect(headers).not.toHaveProperty('list-unsubscribe')
  for (const body of [letter!.text, letter!.html]) {
    expect(body).toContain(`https://shop.example/checkout/success/${orderId}`)
  }
  expect(await place.letter(mailId)).toMatchObject({ sentAt: now(), nextTryAt: null, givenUp: null, attempts: 1 })
})

test('a letter that its reader may leave says how: by one click of the mail program, and by links below it', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  const stop = `${newId()}.refused.${'x'.repeat(43)}`
  const mailId = await place.addLetter(newId(), now(), 'crew@shop.test')
  const facts = { refused: '1', reasons: 'IMG_1.JPG' }
  await place.db
    .update(outgoingMail)
    .set({ template: 'photos_refused', facts, secrets: { stop }, path: '/photographer' })
    .where(eq(outgoingMail.id, mailId))
  expect(await clerk.send(mailId)).toBe('sent')
  const [letter] = smtp.received
  const headers = Object.fromEntries(letter!.headers.map(({ key, value }) => [key, value.replaceAll(/\s/g, '')]))
  expect(headers).toMatchObject({
    'list-unsubscribe': `<https://shop.example/api/letters/stop?token=${stop}>`,
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  })
  for (const body of [letter!.text, letter!.html])
    for (const link of [`https://shop.example/letters#${stop}`, 'https://shop.example/photographer/letters'])
      expect(body).toContain(link)
  expect((await place.letter(mailId)).secrets).toBeNull()
  expect(clerk.said()).not.toContain(stop)
})

test('a connection is kept for the next letter', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  for (const recipient of ['first@buyer.test', 'second@buyer.test']) {
    expect(await clerk.send(await place.addLetter(newId(), now(), recipient))).toBe('sent')
  }
  expect(smtp.received).toHaveLength(2)
  expect(smtp.users).toHaveLength(1)
})

test('a server that wants to be asked later is asked later, and its address is kept', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  const mailId = await place.addLetter(newId(), now(), 'grey@buyer.test')
  smtp.onRecipient = async () => {
    throw answer('451 4.7.1 greylisted, come back later')
  }
  expect(await clerk.send(mailId)).toBe('failed')
  const waiting = await place.letter(mailId)
  expect(waiting).toMatchObject({ sentAt: null, givenUp: null, lastAnswer: expect.stringContaining('greylisted') })
  expect(waiting.nextTryAt!.getTime()).toBeGreaterThan(now().getTime())
  smtp.onRecipient = async () => {}
  expect(await clerk.send(mailId)).toBe('sent')
  expect(smtp.received).toHaveLength(1)
  expect(await place.letter(mailId)).toMatchObject({ lastAnswer: null, givenUp: null, attempts: 2 })
})

test('an address that is refused for good gets no letter any more, until its row is deleted', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  const asked: string[] = []
  smtp.onRecipient = async address => {
    asked.push(address)
    throw answer(`550 5.1.1 <${address}>: user unknown`)
  }
  const first = await place.addLetter(newId(), now(), 'Gone@buyer.test')
  expect(await clerk.send(first)).toBe('refused')
  expect(await clerk.send(first)).toBe('nothing')
  expect(await place.letter(first)).toMatchObject({ givenUp: 'refused', nextTryAt: null, sentAt: null })
  const theRow = eq(suppressedAddresses.address, 'gone@buyer.test')
  expect(await place.db.select().from(suppressedAddresses).where(theRow)).toMatchObject([
    { mailId: first, suppressedAt: now(), reason: expect.stringContaining('5.1.1') },
  ])

  const second = await place.addLetter(newId(), now(), 'gone@Buyer.test')
  expect(await clerk.send(second)).toBe('suppressed')
  expect(await place.letter(second)).toMatchObject({
    givenUp: 'suppressed',
    nextTryAt: null,
    attempts: 0,
    lastAnswer: expect.stringContaining('5.1.1'),
  })
  expect(asked).toEqual(['Gone@buyer.test'])

  smtp.onRecipient = async () => {}
  await place.db.delete(suppressedAddresses).where(theRow)
  await place.db
    .update(outgoingMail)
    .set({ nextTryAt: now(), givenUp: null, givenUpAt: null })
    .where(eq(outgoingMail.id, second))
  expect(await clerk.send(second)).toBe('sent')
})

test('a refusal that speaks of our server suppresses nobody', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  smtp.onRecipient = async () => {
    throw answer('554 5.7.1 your network is blocked')
  }
  const mailId = await place.addLetter(newId(), now(), 'kept@buyer.test')
  expect(await clerk.send(mailId)).toBe('failed')
  expect((await place.letter(mailId)).nextTryAt).not.toBeNull()
  expect(await place.db.$count(suppressedAddresses, eq(suppressedAddresses.address, 'kept@buyer.test'))).toBe(0)
})

test('a letter waits while the mail server is away, and goes when it is back', async () => {
  const gone = await startSmtp({ hideSTARTTLS: true })
  const url = smtpUrl(gone)
  using clerk = clerkFor(url)
  expect(await clerk.send(await place.addLetter(newId(), now(), 'before@buyer.test'))).toBe('sent')
  await gone.close()
  const mailId = await place.addLetter(newId(), now(), 'away@buyer.test')
  expect(await clerk.send(mailId)).toBe('failed')
  expect(await place.letter(mailId)).toMatchObject({ sentAt: null, givenUp: null })
  await using back = await startSmtp({ hideSTARTTLS: true }, gone.port)
  expect(await clerk.send(mailId)).toBe('sent')
  expect(back.received).toHaveLength(1)
})

test('in production neither a letter nor the password goes over a connection without TLS that can be trusted', async () => {
  await using open = await startSmtp({ hideSTARTTLS: true })
  await using untrusted = await startSmtp()
  for (const smtp of [open, untrusted]) {
    using clerk = clerkFor(smtpUrl(smtp), { MODE: 'production' })
    const mailId = await place.addLetter(newId(), now(), 'tls@buyer.test')
    expect(await clerk.send(mailId)).toBe('failed')
    expect((await place.letter(mailId)).nextTryAt).not.toBeNull()
    expect(smtp.received).toEqual([])
    expect(smtp.users).toEqual([])
  }
})

const sendPrivate = async (by: Clerk) => by.send(await place.addLetter(newId(), now(), 'private@buyer.test'))

test('no log and no error holds an address or the password, however a try ends', async () => {
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  using clerk = clerkFor(smtpUrl(smtp))
  using wrong = clerkFor(smtpUrl(smtp).replace('clerk', 'stranger'))
  using nobody = clerkFor('smtp://clerk:q7%2FkZ2%3Awide-Open@127.0.0.1:1')
  expect(await sendPrivate(clerk)).toBe('sent')
  expect(await sendPrivate(wrong)).toBe('failed')
  expect(await sendPrivate(nobody)).toBe('failed')
  smtp.onLetter = async () => {
    throw answer('451 4.3.0 <private@buyer.test> cannot be stored')
  }
  expect(await sendPrivate(clerk)).toBe('failed')
  smtp.onRecipient = async address => {
    throw answer(`550 5.1.1 <${address}> unknown`)
  }
  expect(await sendPrivate(clerk)).toBe('refused')
  expect(await sendPrivate(clerk)).toBe('suppressed')
  const said = clerk.said() + wrong.said() + nobody.said()
  expect(said).toContain('the mail server ended a try with 451 at DATA')
  expect(said).toContain('the mail server ended a try with 550 at RCPT TO')
  for (const secret of ['private', 'buyer.test', PASSWORD, encodeURIComponent(PASSWORD), btoa(PASSWORD)]) {
    expect(said).not.toContain(secret)
  }
})
