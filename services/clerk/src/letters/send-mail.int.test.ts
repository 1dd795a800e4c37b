import { newId } from '@pix/db/ids.ts'
import { inboxLeft } from '@pix/db/schema/inbox.ts'
import { letterWords, outgoingMail } from '@pix/db/schema/letters.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { eq } from 'drizzle-orm'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import { watchQueues } from '../watch-queues.ts'
import { lettersGivenUp } from '../metrics.ts'
import { openMailer } from './open-mailer.ts'
import { sendMail } from './send-mail.ts'
import { enqueueLetters } from './sweep-letters.ts'

const now = () => new Date('2026-11-20T08:00:00Z')
let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const givenUp = async () =>
  Object.fromEntries((await lettersGivenUp.get()).values.map(({ labels, value }) => [labels.reason, value]))

test('a letter lands once, in its reader’s language, with the link to the order', async () => {
  const id = newId()
  const mailId = await place.addLetter(id, now())
  const { MAIL_DIR: mailDir } = place.settings
  const mailer = openMailer(place.settings)
  const mailDeps = { db: place.db, now, log: silentLog, mailer, originOf: () => 'http://shop.test' }
  expect(await sendMail(mailDeps, mailId)).toBe('sent')
  expect(await sendMail(mailDeps, mailId)).toBe('nothing')
  expect(await readdir(mailDir)).toEqual([`${mailId}.eml`])
  const letter = await readFile(join(mailDir, `${mailId}.eml`), 'latin1')
  expect(letter).toMatch(/^To: buyer@shop\.test\r$/m)
  const text = saidBy(letter)
  expect(text).toContain(`http://shop.test/checkout/success/${id}`)
  expect(text).toContain('ขอบคุณ')
})

/** What an `.eml` says as plain text and as HTML. */
function saidBy(letter: string): string {
  const parts = [...letter.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(part =>
    Buffer.from(part[1]!, 'base64'),
  )
  return parts.length > 0 ? Buffer.concat(parts).toString() : letter
}

test('the token of a letter stands in its link at the storefront that it names, and is erased from its row once it is sent', async () => {
  const mailId = await place.addLetter(newId(), now())
  const { db, settings } = place
  const thisOne = eq(outgoingMail.id, mailId)
  await db
    .update(outgoingMail)
    .set({ secrets: { token: 'token-of-the-test' }, storefront: 'a' })
    .where(thisOne)
  const mailer = openMailer(settings)
  await sendMail({ db, now, log: silentLog, mailer, originOf: slug => `http://${slug}.shop.test` }, mailId)
  const said = saidBy(await readFile(join(settings.MAIL_DIR, `${mailId}.eml`), 'latin1'))
  expect(said).toMatch(/http:\/\/a\.shop\.test\/checkout\/success\/[\w-]+#token-of-the-test/)
  expect(await place.letter(mailId)).toMatchObject({ secrets: null })
})

test('a letter says what an admin has set for it in its language, and a test of it says that it is one', async () => {
  await using own = await testPlace()
  const { db, settings } = own
  const words = { subject: 'Paid {number}', lines: ['จ่ายแล้ว'], action: 'เปิด', hint: 'ขอบคุณ' }
  await db.insert(letterWords).values({ template: 'order_paid', locale: 'th', ...words, changedAt: now() })
  const mailId = await own.addLetter(newId(), now())
  const testId = await own.addLetter(newId(), now())
  await db
    .update(outgoingMail)
    .set({ template: 'test_letter', facts: { of: 'order_paid' } })
    .where(eq(outgoingMail.id, testId))
  const mailer = openMailer(settings)
  const subjects: string[] = []
  const listening = {
    ...mailer,
    send: async (letter: Parameters<typeof mailer.send>[0]) => {
      subjects.push(letter.subject)
      await mailer.send(letter)
    },
  }
  for (const id of [mailId, testId])
    await sendMail({ db, now, log: silentLog, mailer: listening, originOf: () => 'http://shop.test' }, id)
  expect(subjects).toEqual([expect.stringMatching(/^Paid PX-/), '[ทดสอบ] Paid PX-2026-000123'])
  expect(saidBy(await readFile(join(settings.MAIL_DIR, `${mailId}.eml`), 'latin1'))).toContain('จ่ายแล้ว')
})

test('a letter whose code has ended is not sent, and needs nobody', async () => {
  const mailId = await place.addLetter(newId(), now())
  const { db, settings } = place
  await db
    .update(outgoingMail)
    .set({ template: 'order_code', facts: { number: 'PX-2026-000001' }, secrets: { code: '123456', token: 't' } })
    .where(eq(outgoingMail.id, mailId))
  const blocked = join(await mkdtemp(join(tmpdir(), 'pix-mail-')), 'a-file')
  await writeFile(blocked, '')
  const at = (minutes: number) => () => new Date(now().getTime() + minutes * 60_000)
  const mail = { db, log: silentLog, originOf: () => 'http://shop.test' }
  const away = openMailer({ ...settings, MAIL_DIR: blocked })
  await expect(sendMail({ ...mail, mailer: away, now: at(9.9) }, mailId)).rejects.toThrow('cannot be written')
  expect(await sendMail({ ...mail, mailer: openMailer(settings), now: at(10) }, mailId)).toBe('too_late')
  expect(await readdir(settings.MAIL_DIR)).not.toContain(`${mailId}.eml`)
  expect(await place.letter(mailId)).toMatchObject({ givenUp: 'too_late', secrets: null, nextTryAt: null })
  const enqueue = { depth: async () => 0 } as unknown as Enqueue
  await watchQueues({ db, enqueue, now: at(10) })
  expect(await givenUp()).toEqual({ expired: 0, refused: 0, suppressed: 0 })
})

test('a letter that cannot be sent is tried for a day with growing pauses, then counted as given up, and sent when asked again', async () => {
  const mailId = await place.addLetter(newId(), now())
  const blocked = join(await mkdtemp(join(tmpdir(), 'pix-mail-')), 'a-file')
  await writeFile(blocked, '') // no folder can be made here
  let at = now().getTime()
  const enqueued: string[] = []
  const enqueue = Object.assign(
    async (_: unknown, data: object) => void ('mailId' in data && enqueued.push(String(data.mailId))),
    {
      keys: async () => [],
      depth: async () => 0,
    },
  ) as unknown as Enqueue
  const { db } = place
  const clock = () => new Date(at)
  const mailer = openMailer({ ...place.settings, MAIL_DIR: blocked })
  const mail = { db, now: clock, log: silentLog, mailer, originOf: () => 'http://shop.test' }
  const row = () => place.letter(mailId)

  const pauses: number[] = []
  for (let next = (await row()).nextTryAt; next !== null; next = (await row()).nextTryAt) {
    at = next.getTime() - 1
    enqueued.length = 0
    await enqueueLetters({ db, enqueue, now: clock })
    expect(enqueued).toEqual([])
    at += 1
    await enqueueLetters({ db, enqueue, now: clock })
    expect(enqueued).toEqual([mailId])
    const ended = await sendMail(mail, mailId).catch(() => 'failed')
    const { nextTryAt } = await row()
    expect(ended).toBe(nextTryAt === null ? 'given_up' : 'failed')
    if (nextTryAt !== null) pauses.push((nextTryAt.getTime() - at) / 1_000)
  }
  expect(pauses.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
  expect(at - now().getTime()).toBeGreaterThanOrEqual(86_400_000)
  await watchQueues({ db, enqueue, now: clock })
  expect(await givenUp()).toEqual({ expired: 1, refused: 0, suppressed: 0 })
  expect(await row()).toMatchObject({
    givenUp: 'expired',
    givenUpAt: clock(),
    lastAnswer: expect.stringContaining('a-file'),
  })

  // Left as it is by somebody, it is nobody's alarm.
  const left = { kind: 'mail' as const, itemId: mailId, since: clock(), reason: 'known', leftAt: clock() }
  await db.insert(inboxLeft).values(left)
  await watchQueues({ db, enqueue, now: clock })
  expect(await givenUp()).toEqual({ expired: 0, refused: 0, suppressed: 0 })

  await db
    .update(outgoingMail)
    .set({ nextTryAt: clock(), givenUp: null, givenUpAt: null })
    .where(eq(outgoingMail.id, mailId))
  expect(await sendMail({ ...mail, mailer: openMailer(place.settings) }, mailId)).toBe('sent')
  await watchQueues({ db, enqueue, now: clock })
  expect(await givenUp()).toEqual({ expired: 0, refused: 0, suppressed: 0 })
})

test('no letter that waits for nothing may keep a secret', async () => {
  const mailId = await place.addLetter(newId(), now())
  const over = { secrets: { code: '123456' }, nextTryAt: null }
  await expect(place.db.update(outgoingMail).set(over).where(eq(outgoingMail.id, mailId))).rejects.toMatchObject({
    cause: { constraint: 'outgoing_mail_secrets' },
  })
})
