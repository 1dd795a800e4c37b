import { newId } from '@pix/db/ids.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { orderArchives, orderItems, orders, outgoingMail } from '@pix/db/schema/orders.ts'
import { splitRules } from '@pix/db/schema/revenue.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { createLog } from '@pix/platform/log.ts'
import { MAIN_BUCKET, readWhole, type Storage } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPlace, type TestPlace } from '../testing.ts'
import { watchQueues } from '../watch-queues.ts'
import { lettersGivenUp } from '../worker-metrics.ts'
import { buildArchive } from './build-archive.ts'
import { expireArchives, ringOrders } from './ring-orders.ts'
import { sendMail } from './send-mail.ts'

const now = () => new Date('2026-11-20T08:00:00Z')
const later = () => new Date('2026-11-28T00:00:00Z')
const silent = new AbortController().signal
let place: TestPlace
let announced: string[]
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const deps = () => {
  announced = []
  return { db: place.db, storage: place.storage, now, announce: async (id: string) => void announced.push(id) }
}

/** A paid order of these files. */
async function paidOrder(files: { fileName: string; bytes: Buffer; takenAt?: Date }[]) {
  const eventId = await place.addEvent()
  const photoIds: string[] = []
  for (const { bytes, ...columns } of files) photoIds.push(await place.addPhoto(eventId, bytes, columns))
  const [id, sessionId, splitRuleId] = [newId(), newId(), newId()]
  await place.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  await place.db.insert(splitRules).values({
    id: splitRuleId,
    eventId,
    version: 1,
    startsAt: now(),
    platformBp: 3000,
    photographerBp: 5000,
    organizerBp: 2000,
  })
  await place.db.transaction(async tx => {
    await tx.insert(orders).values({
      id,
      number: `PX-2026-${id}`,
      sessionId,
      eventId,
      email: 'buyer@shop.test',
      locale: 'th',
      status: 'fulfilled',
      total: 6_000 * photoIds.length,
      offer: { lines: [], total: { amount: 6_000 * photoIds.length, currency: 'THB' }, photos: photoIds.length },
      splitRuleId,
      expiresAt: now(),
      paidAt: now(),
    })
    for (const [position, photoId] of photoIds.entries()) {
      const { photographerId } = await place.photo(photoId)
      await tx
        .insert(orderItems)
        .values({ id: newId(), orderId: id, photoId, photographerId, unitPrice: 6_000, position })
    }
    await tx.insert(orderArchives).values({ id: newId(), orderId: id, eventId })
  })
  return { id, eventId, photoIds }
}

const archive = async (orderId: string) =>
  (await place.db.select().from(orderArchives).where(eq(orderArchives.orderId, orderId)))[0]!

test('the ZIP unpacks to the very bytes that were bought; same names are numbered, times are kept', async () => {
  const files = [
    { fileName: 'IMG_1.JPG', bytes: randomBytes(6_000_000), takenAt: new Date('2026-11-01T00:30:00Z') },
    { fileName: 'img_1.jpg', bytes: randomBytes(1_000) },
    { fileName: 'วิ่ง/../../กรุงเทพ.jpg', bytes: randomBytes(70_000) },
    { fileName: 'IMG_1.JPG', bytes: randomBytes(5) },
  ]
  const { id, eventId } = await paidOrder(files)
  expect(await buildArchive(deps(), id, silent)).toBe('ready')
  expect(await archive(id)).toMatchObject({ state: 'ready', progress: 1, expiresAt: new Date('2026-11-27T08:00:00Z') })
  expect(announced).toContain(id)

  const folder = await mkdtemp(join(tmpdir(), 'pix-zip-'))
  const zip = (await readWhole(place.storage, MAIN_BUCKET, zipKey(eventId, id)))!
  expect((await archive(id)).bytes).toBe(zip.length)
  await writeFile(join(folder, 'a.zip'), zip)
  await promisify(execFile)('unzip', ['-q', 'a.zip', '-d', 'out'], { cwd: folder })
  expect((await readdir(join(folder, 'out'))).sort()).toEqual(
    ['IMG_1 (3).JPG', 'IMG_1.JPG', 'img_1 (2).jpg', 'กรุงเทพ.jpg'].sort(),
  )
  const names = ['IMG_1.JPG', 'img_1 (2).jpg', 'กรุงเทพ.jpg', 'IMG_1 (3).JPG']
  for (const [n, name] of names.entries())
    expect((await readFile(join(folder, 'out', name))).equals(files[n]!.bytes)).toBe(true)
  expect((await stat(join(folder, 'out/IMG_1.JPG'))).mtime.toISOString()).toBe('2026-11-01T00:30:00.000Z')
})

test('a missing original fails the ZIP after three tries and leaves none behind', async () => {
  const { id, eventId, photoIds } = await paidOrder([{ fileName: 'a.jpg', bytes: randomBytes(10) }])
  await place.storage.delete(MAIN_BUCKET, originalKey(eventId, photoIds[0]!, 'jpg'))
  for (const state of ['queued', 'queued', 'failed']) {
    await expect(buildArchive(deps(), id, silent)).rejects.toThrow('not in storage')
    expect((await archive(id)).state).toBe(state)
  }
  expect(await buildArchive(deps(), id, silent)).toBe('nothing')
  expect(await place.storage.exists(MAIN_BUCKET, zipKey(eventId, id))).toBe(false)
})

test('a ZIP that the worker had to leave waits for the next one, uncounted', async () => {
  const { id } = await paidOrder([{ fileName: 'a.jpg', bytes: randomBytes(12_000_000) }])
  const stopping = new AbortController()
  // The worker stops when the first bytes have been asked for.
  const storage: Storage = {
    ...place.storage,
    get: async (...asked) => {
      const object = await place.storage.get(...asked)
      stopping.abort(new Error('stop'))
      return object
    },
  }
  expect(await buildArchive({ ...deps(), storage }, id, stopping.signal)).toBe('given_back')
  expect(await archive(id)).toMatchObject({ state: 'queued', attempts: 0 })
  expect(await buildArchive(deps(), id, silent)).toBe('ready')
})

test('a ZIP whose time is over is deleted and can be asked for again', async () => {
  const { id, eventId } = await paidOrder([{ fileName: 'a.jpg', bytes: randomBytes(10) }])
  await buildArchive(deps(), id, silent)
  const { db, storage } = place
  await expireArchives({ db, storage, now: later, enqueue: undefined as never })
  expect((await archive(id)).state).toBe('expired')
  expect(await place.storage.exists(MAIN_BUCKET, zipKey(eventId, id))).toBe(false)
})

const silentLog = createLog('orders-test', { level: 'silent', pretty: false })

/** A letter about this order, written now. */
async function addLetter(orderId: string) {
  const id = newId()
  await place.db.insert(outgoingMail).values({
    id,
    template: 'order_paid',
    data: { orderId, number: 'PX-2026-000001' },
    dedupeKey: `order_paid:${orderId}`,
    recipient: 'buyer@shop.test',
    locale: 'th',
    createdAt: now(),
    nextTryAt: now(),
  })
  return id
}

test('a letter lands once, in its reader’s language, with the link to the order', async () => {
  const { id } = await paidOrder([{ fileName: 'a.jpg', bytes: randomBytes(10) }])
  const mailId = await addLetter(id)
  const { MAIL_DIR: mailDir } = place.settings
  const mailDeps = { db: place.db, now, log: silentLog, mailDir, publicOrigin: 'http://shop.test' }
  expect(await sendMail(mailDeps, mailId)).toBe('sent')
  expect(await sendMail(mailDeps, mailId)).toBe('nothing')
  expect(await readdir(mailDir)).toEqual([`${mailId}.eml`])
  const letter = await readFile(join(mailDir, `${mailId}.eml`), 'latin1')
  expect(letter).toMatch(/^To: buyer@shop\.test\r$/m)
  const parts = [...letter.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(part =>
    Buffer.from(part[1]!, 'base64'),
  )
  const text = parts.length > 0 ? Buffer.concat(parts).toString() : letter
  expect(text).toContain(`http://shop.test/checkout/success/${id}`)
  expect(text).toContain('ขอบคุณ')
})

test('a letter that cannot be sent is tried for a day with growing pauses, then counted as given up, and sent when asked again', async () => {
  const mailId = await addLetter(newId())
  const blocked = join(await mkdtemp(join(tmpdir(), 'pix-mail-')), 'a-file')
  await writeFile(blocked, '') // no folder can be made here
  let at = now().getTime()
  const rung: string[] = []
  const enqueue = Object.assign(
    async (_: unknown, data: object) => void ('mailId' in data && rung.push(String(data.mailId))),
    {
      keys: async () => [],
      depth: async () => 0,
    },
  ) as unknown as Enqueue
  const { db, storage } = place
  const clock = () => new Date(at)
  const mail = { db, now: clock, log: silentLog, mailDir: blocked, publicOrigin: 'http://shop.test' }
  const row = async () => (await db.select().from(outgoingMail).where(eq(outgoingMail.id, mailId)))[0]!

  const pauses: number[] = []
  for (let next = (await row()).nextTryAt; next !== null; next = (await row()).nextTryAt) {
    at = next.getTime() - 1
    rung.length = 0
    await ringOrders({ db, storage, enqueue, now: clock })
    expect(rung).toEqual([])
    at += 1
    await ringOrders({ db, storage, enqueue, now: clock })
    expect(rung).toEqual([mailId])
    const ended = await sendMail(mail, mailId).catch(() => 'failed')
    const { nextTryAt } = await row()
    expect(ended).toBe(nextTryAt === null ? 'given_up' : 'failed')
    if (nextTryAt !== null) pauses.push((nextTryAt.getTime() - at) / 1_000)
  }
  expect(pauses.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
  expect(at - now().getTime()).toBeGreaterThanOrEqual(86_400_000)
  await watchQueues({ db, enqueue, now: clock })
  expect((await lettersGivenUp.get()).values).toMatchObject([{ value: 1 }])

  await db.update(outgoingMail).set({ nextTryAt: clock() }).where(eq(outgoingMail.id, mailId))
  expect(await sendMail({ ...mail, mailDir: place.settings.MAIL_DIR }, mailId)).toBe('sent')
  await watchQueues({ db, enqueue, now: clock })
  expect((await lettersGivenUp.get()).values).toMatchObject([{ value: 0 }])
})
