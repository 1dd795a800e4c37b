import { newId } from '@pix/db/ids.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { documentFiles } from '@pix/db/schema/documents.ts'
import { orderArchives, orders } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { documentKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { reportOf, startImap } from './bounces/bounce-testing.ts'
import { addDocument } from './documents/documents-testing.ts'
import { spawnClerk } from './spawn-testing.ts'
import { startClerk } from './start-clerk.ts'
import { silentLog, testPlace, type TestPlace } from './testing.ts'

const FILES = [{ fileName: 'a.jpg', bytes: randomBytes(1_000) }]
/** Before the pause that a failed try is followed by. */
const longAgo = () => new Date(Date.now() - 3_600_000)

/** No ZIP can learn what is in its order until the returned function is called. */
async function holdArchives({ database }: TestPlace): Promise<() => Promise<void>> {
  const holder = await database.owner().$client.connect()
  await holder.query('begin')
  await holder.query('lock table photos in access exclusive mode')
  return async () => {
    await holder.query('rollback')
    holder.release()
  }
}

test('with settings missing the clerk does not start, and prints each of them', async () => {
  const clerk = spawnClerk({ MODE: 'production' })
  const [errors, [code]] = await Promise.all([text(clerk.stderr!), once(clerk, 'exit')])
  expect(code).toBe(78)
  const names = ['DATABASE_URL', 'REDIS_URL', 'COLUMN_KEYS', 'PUBLIC_ORIGIN', 'SMTP_URL', 'MAIL_FROM', 'STORAGE_DRIVER']
  for (const name of names) expect(errors).toContain(`  ${name}: `)
})

test('a letter, a ZIP and a document whose jobs were lost are sent, built and drawn', async () => {
  await using place = await testPlace()
  const order = await place.addPaidOrder(FILES, new Date())
  const mailId = await place.addLetter(order.id, new Date())
  const documentId = await addDocument(place, order.id)
  const stop = await startClerk(place.settings, silentLog)
  await expect.poll(async () => (await place.archive(order.archiveId)).state).toBe('ready')
  await expect.poll(async () => (await place.letter(mailId)).sentAt).not.toBeNull()
  await expect.poll(() => place.db.$count(documentFiles)).toBe(1)
  await stop()
  const [file] = await place.db.select().from(documentFiles)
  const pdf = await readWhole(place.storage, MAIN_BUCKET, documentKey(HOUSE_STUDIO, documentId))
  expect(pdf!.subarray(0, 5).toString()).toBe('%PDF-')
  expect(createHash('sha256').update(pdf!).digest('hex')).toBe(file!.sha256)
  expect(await place.storage.exists(MAIN_BUCKET, zipKey(order.eventId, order.id))).toBe(true)
  expect(await readdir(place.settings.MAIL_DIR)).toEqual([`${mailId}.eml`])
})

test('a clerk that was given a mailbox for bounces reads it', async () => {
  await using place = await testPlace()
  await using imap = await startImap()
  const mailId = await place.addLetter(newId(), new Date())
  const sent = { sentAt: new Date(), nextTryAt: null }
  await place.db.update(outgoingMail).set(sent).where(eq(outgoingMail.id, mailId))
  const order = await place.addPaidOrder(FILES, new Date())
  await place.db.update(orders).set({ letterId: mailId }).where(eq(orders.id, order.id))
  imap.arrive(reportOf({ messageId: mailId }))
  const stop = await startClerk({ ...place.settings, BOUNCE_IMAP_URL: imap.url }, silentLog)
  await expect.poll(async () => (await place.letter(mailId)).givenUp).toBe('refused')
  await stop()
})

test('the clerk takes over what an ended program had begun: a ZIP that it was building, a letter that it was sending', async () => {
  await using place = await testPlace()
  const order = await place.addPaidOrder(FILES, longAgo())
  const mailId = await place.addLetter(newId(), longAgo())
  // As `buildArchive` and `sendMail` leave their rows when they are killed.
  await place.db
    .update(orderArchives)
    .set({ state: 'building', attempts: 1, progress: 0.4, queuedAt: longAgo() })
    .where(eq(orderArchives.id, order.archiveId))
  await place.db.update(outgoingMail).set({ attempts: 1, nextTryAt: new Date() }).where(eq(outgoingMail.id, mailId))
  const stop = await startClerk(place.settings, silentLog)
  await expect.poll(async () => (await place.archive(order.archiveId)).state).toBe('ready')
  await expect.poll(async () => (await place.letter(mailId)).sentAt).not.toBeNull()
  await stop()
  expect(await place.archive(order.archiveId)).toMatchObject({ attempts: 2, progress: 1 })
  expect(await place.letter(mailId)).toMatchObject({ attempts: 2, nextTryAt: null })
})

test('a ZIP whose clerk was killed in the middle is built by the next one, and that one stops in order', async () => {
  await using place = await testPlace()
  const order = await place.addPaidOrder(FILES, new Date())
  const letGo = await holdArchives(place)
  const first = spawnClerk(place.settings)
  await expect
    .poll(async () => {
      const { rows } = await place.db.execute(
        sql`select from pg_stat_activity
          where datname = current_database() and application_name = 'thepixstock-clerk' and wait_event_type = 'Lock'`,
      )
      return rows.length
    })
    .toBeGreaterThan(0)
  const firstEnded = once(first, 'exit')
  first.kill('SIGKILL')
  await firstEnded
  await letGo()
  expect(await place.archive(order.archiveId)).toMatchObject({ state: 'building', attempts: 1 })

  const second = spawnClerk(place.settings)
  await expect.poll(async () => (await place.archive(order.archiveId)).state, { timeout: 150_000 }).toBe('ready')
  expect((await place.archive(order.archiveId)).attempts).toBe(2)
  const secondEnded = once(second, 'exit')
  second.kill('SIGTERM')
  expect((await secondEnded)[0]).toBe(0)
})
