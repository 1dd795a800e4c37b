import { connect, type Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { addEvent, addPhotoRow, addSession } from '@pix/db/rows-testing.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { createLog } from '@pix/platform/log.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { testStorageSettings } from '@pix/platform/storage-testing.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Settings } from './settings.ts'

export const silentLog = createLog('test', { level: process.env.TEST_LOG ?? 'silent', pretty: false })

/** An original that was bought. */
export interface BoughtFile {
  fileName: string
  bytes: Buffer
  takenAt?: Date
}

export interface PaidOrder {
  id: string
  events: { eventId: string; archiveId: string; photos: { id: string; photographerId: string }[] }[]
}

/** Satang. */
const PRICE = 6_000
const DAY_MS = 86_400_000

/** The clerk's surroundings: a database, a Redis, objects and a folder of letters of the test's own. */
export interface TestPlace extends AsyncDisposable {
  settings: Settings & { MAIL_DIR: string }
  database: TestDb
  db: Db
  storage: Storage
  /** A paid order of these files of one event, whose ZIP nobody has begun. */
  addPaidOrder(
    files: readonly BoughtFile[],
    paidAt: Date,
  ): Promise<{ id: string; eventId: string; archiveId: string; photoIds: string[] }>
  /** The same over several events: the files of each. */
  addPaidOrderOver(files: readonly (readonly BoughtFile[])[], paidAt: Date): Promise<PaidOrder>
  /** A letter about an order that nobody has sent. */
  addLetter(orderId: string, writtenAt: Date, recipient?: string): Promise<string>
  archive(archiveId: string): Promise<typeof orderArchives.$inferSelect>
  letter(id: string): Promise<typeof outgoingMail.$inferSelect>
}

export async function testPlace(): Promise<TestPlace> {
  const database = await testDb()
  const redis = await testRedis()
  const folder = await mkdtemp(join(tmpdir(), 'pix-clerk-'))
  const mailDir = join(folder, 'mail')
  const given = Settings.parse({
    MODE: 'development',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    METRICS_PORT: '0',
    DATABASE_URL: database.appUrl,
    REDIS_URL: redis.url,
    COLUMN_KEYS: `test:${randomBytes(32).toString('base64')}`,
    PUBLIC_ORIGIN: 'http://shop.test',
    MAIL_DIR: mailDir,
    ...testStorageSettings(folder),
  })
  const settings = { ...given, MAIL_DIR: mailDir }
  const storage = openStorage(settings)
  await storage.prepare()
  const db = connect(database.appUrl, { max: 4, connectMs: 60_000 })
  return {
    settings,
    database,
    db,
    storage,
    addPaidOrder: async (files, paidAt) => {
      const { id, events } = await addPaidOrder(db, storage, [files], paidAt)
      const { eventId, archiveId, photos: bought } = events[0]!
      return { id, eventId, archiveId, photoIds: bought.map(photo => photo.id) }
    },
    addPaidOrderOver: (files, paidAt) => addPaidOrder(db, storage, files, paidAt),
    addLetter: (orderId, writtenAt, recipient) => addLetter(db, orderId, writtenAt, recipient),
    archive: async id => (await db.select().from(orderArchives).where(eq(orderArchives.id, id)))[0]!,
    letter: async id => (await db.select().from(outgoingMail).where(eq(outgoingMail.id, id)))[0]!,
    [Symbol.asyncDispose]: async () => {
      await db.$client.end()
      await redis[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Stores an original as the api does, and its row. */
async function addPhoto(db: Db, storage: Storage, eventId: string, { bytes, ...columns }: BoughtFile) {
  const id = newId()
  await storage.put(MAIN_BUCKET, originalKey(eventId, id, 'jpg'), bytes, { contentType: 'image/jpeg' })
  const { photographerId } = await addPhotoRow(db, bytes, { id, eventId, ...columns })
  return { id, photographerId }
}

/** As payment leaves it; each event's files are in a ZIP of their own. */
async function addPaidOrder(
  db: Db,
  storage: Storage,
  files: readonly (readonly BoughtFile[])[],
  paidAt: Date,
): Promise<PaidOrder> {
  const orderId = newId()
  const sessionId = await addSession(db)
  const [rule] = await db.select({ id: splitRules.id }).from(splitRules)
  const until = new Date(paidAt.getTime() + 30 * DAY_MS)
  const total = PRICE * files.flat().length
  const parts: PaidOrder['events'] = []
  for (const own of files) {
    const eventId = await addEvent(db)
    const bought: Awaited<ReturnType<typeof addPhoto>>[] = []
    for (const file of own) bought.push(await addPhoto(db, storage, eventId, file))
    parts.push({ eventId, photos: bought, archiveId: newId() })
  }
  await db.transaction(async tx => {
    await tx.insert(orders).values({
      id: orderId,
      number: `PX-2026-${orderId}`,
      studioId: HOUSE_STUDIO,
      sessionId,
      email: 'buyer@shop.test',
      locale: 'th',
      status: 'fulfilled',
      total,
      expiresAt: paidAt,
      paidAt,
    })
    for (const [position, { eventId, photos: bought, archiveId }] of parts.entries()) {
      const price = { amount: PRICE * bought.length, currency: 'THB' as const }
      const offer = { lines: [], total: price, photos: bought.length }
      await tx
        .insert(orderEvents)
        .values({ orderId, studioId: HOUSE_STUDIO, eventId, position, offer, splitRuleId: rule!.id })
      await tx.insert(orderArchives).values({ id: archiveId, orderId, eventId })
      for (const [rank, { id: photoId, photographerId }] of bought.entries()) {
        const lineId = newId()
        const line = { orderId, eventId, photoId, photographerId, unitPrice: PRICE, position: rank }
        await tx.insert(orderLines).values({ id: lineId, kind: 'photo', ...line })
        await tx
          .insert(entitlements)
          .values({ id: newId(), orderId, sessionId, email: 'buyer@shop.test', photoId, lineId, from: paidAt, until })
      }
    }
  })
  return { id: orderId, events: parts }
}

async function addLetter(db: Db, orderId: string, writtenAt: Date, recipient = 'buyer@shop.test'): Promise<string> {
  const id = newId()
  await db.insert(outgoingMail).values({
    id,
    template: 'order_paid',
    facts: { number: 'PX-2026-000001' },
    path: `/checkout/success/${orderId}`,
    dedupeKey: `order_paid:${orderId}`,
    recipient,
    locale: 'th',
    createdAt: writtenAt,
    nextTryAt: writtenAt,
  })
  return id
}
