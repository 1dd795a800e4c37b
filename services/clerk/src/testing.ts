import { connect, type Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderArchives, orderItems, orders } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { createLog } from '@pix/platform/log.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { testStorageSettings } from '@pix/platform/storage-testing.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { createHash } from 'node:crypto'
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

/** The clerk's surroundings: a database, a Redis, objects and a folder of letters of the test's own. */
export interface TestPlace extends AsyncDisposable {
  settings: Settings
  database: TestDb
  db: Db
  storage: Storage
  /** A paid order of these files, whose ZIP nobody has begun. */
  addPaidOrder(files: readonly BoughtFile[], paidAt: Date): Promise<{ id: string; eventId: string; photoIds: string[] }>
  /** A letter about an order that nobody has sent. */
  addLetter(orderId: string, writtenAt: Date): Promise<string>
  archive(orderId: string): Promise<typeof orderArchives.$inferSelect>
  letter(id: string): Promise<typeof outgoingMail.$inferSelect>
}

export async function testPlace(): Promise<TestPlace> {
  const database = await testDb()
  const redis = await testRedis()
  const folder = await mkdtemp(join(tmpdir(), 'pix-clerk-'))
  const settings = Settings.parse({
    MODE: 'development',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    METRICS_PORT: '0',
    DATABASE_URL: database.appUrl,
    REDIS_URL: redis.url,
    PUBLIC_ORIGIN: 'http://shop.test',
    MAIL_DIR: join(folder, 'mail'),
    ...testStorageSettings(folder),
  })
  const storage = openStorage(settings)
  await storage.prepare()
  const db = connect(database.appUrl, { max: 4, connectMs: 60_000 })
  return {
    settings,
    database,
    db,
    storage,
    addPaidOrder: (files, paidAt) => addPaidOrder(db, storage, files, paidAt),
    addLetter: (orderId, writtenAt) => addLetter(db, orderId, writtenAt),
    archive: async id => (await db.select().from(orderArchives).where(eq(orderArchives.orderId, id)))[0]!,
    letter: async id => (await db.select().from(outgoingMail).where(eq(outgoingMail.id, id)))[0]!,
    [Symbol.asyncDispose]: async () => {
      await db.$client.end()
      await redis[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function addEvent(db: Db): Promise<string> {
  const id = newId()
  await db.insert(events).values({
    id,
    slug: `event-${id}`,
    nameTh: 'งาน',
    nameEn: 'Event',
    category: 'run',
    venue: 'Lumphini Park',
    province: 'Bangkok',
    startsAt: new Date('2026-11-01T00:00:00Z'),
    endsAt: new Date('2026-11-01T05:00:00Z'),
  })
  return id
}

/** Stores an original as the api does, and its row. */
async function addPhoto(db: Db, storage: Storage, eventId: string, { bytes, ...columns }: BoughtFile) {
  const [id, photographerId] = [newId(), newId()]
  await db
    .insert(users)
    .values({ id: photographerId, email: `${photographerId}@test`, name: 'P', role: 'photographer', passwordHash: '-' })
  await storage.put(MAIN_BUCKET, originalKey(eventId, id, 'jpg'), bytes, { contentType: 'image/jpeg' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await db
    .insert(photos)
    .values({ id, eventId, photographerId, sha256, bytes: Math.max(bytes.length, 1), format: 'jpg', ...columns })
  return { id, photographerId }
}

async function addPaidOrder(db: Db, storage: Storage, files: readonly BoughtFile[], paidAt: Date) {
  const eventId = await addEvent(db)
  const bought: Awaited<ReturnType<typeof addPhoto>>[] = []
  for (const file of files) bought.push(await addPhoto(db, storage, eventId, file))
  const [id, sessionId, splitRuleId] = [newId(), newId(), newId()]
  await db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  const shares = { platformBp: 3000, photographerBp: 5000, organizerBp: 2000 }
  await db.insert(splitRules).values({ id: splitRuleId, eventId, version: 1, startsAt: paidAt, ...shares })
  const total = 6_000 * bought.length
  await db.transaction(async tx => {
    await tx.insert(orders).values({
      id,
      number: `PX-2026-${id}`,
      sessionId,
      eventId,
      email: 'buyer@shop.test',
      locale: 'th',
      status: 'fulfilled',
      total,
      offer: { lines: [], total: { amount: total, currency: 'THB' }, photos: bought.length },
      splitRuleId,
      expiresAt: paidAt,
      paidAt,
    })
    for (const [position, photo] of bought.entries())
      await tx.insert(orderItems).values({
        id: newId(),
        orderId: id,
        photoId: photo.id,
        photographerId: photo.photographerId,
        unitPrice: 6_000,
        position,
      })
    await tx.insert(orderArchives).values({ id: newId(), orderId: id, eventId })
  })
  return { id, eventId, photoIds: bought.map(photo => photo.id) }
}

async function addLetter(db: Db, orderId: string, writtenAt: Date): Promise<string> {
  const id = newId()
  await db.insert(outgoingMail).values({
    id,
    template: 'order_paid',
    data: { orderId, number: 'PX-2026-000001' },
    dedupeKey: `order_paid:${orderId}`,
    recipient: 'buyer@shop.test',
    locale: 'th',
    createdAt: writtenAt,
    nextTryAt: writtenAt,
  })
  return id
}
