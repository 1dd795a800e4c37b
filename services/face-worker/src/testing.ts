import { connect, type Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { addEvent, addPhotoRow, addSession } from '@pix/db/rows-testing.ts'
import type { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { type FaceEngines, openFaceEngines } from '@pix/faces/engine.ts'
import { hasWeights } from '@pix/faces/engines-testing.ts'
import { type FaceEngineName, MODEL_VERSIONS } from '@pix/faces/engines.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { createEnqueue, type Enqueue } from '@pix/jobs/job.ts'
import { createLive, type Live } from '@pix/platform/live.ts'
import { createLog } from '@pix/platform/log.ts'
import { PictureSettings } from '@pix/platform/settings.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { testStorageSettings } from '@pix/platform/storage-testing.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { photoLimits } from './picture/limits.ts'
import { engineOptions, Settings, type WorkerSettings } from './settings.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A folder of the shared test data beside the project, or null on machines without it: then the test is skipped. */
export function sharedData(path: string): string | null {
  const folder = join(ROOT, '../shared/data', path)
  return existsSync(folder) ? folder : null
}

/** A photo of several people that an npm package carries; none is in this repository. */
export const groupPhoto = (number: 1 | 2 | 3 | 4 | 5 | 6): string => {
  const require = createRequire(join(ROOT, 'packages/faces/package.json'))
  return join(dirname(require.resolve('@vladmandic/face-api/package.json')), `demo/sample${number}.jpg`)
}

/** Those of photos, but for small ones. */
export const testLimits = photoLimits(PictureSettings.parse({ UPLOAD_MIN_SIDE: '8' }))

export const silentLog = createLog('test', { level: process.env.TEST_LOG ?? 'silent', pretty: false })

/** The worker's surroundings: a database and a Redis of the test's own. */
export interface TestPlace extends AsyncDisposable {
  settings: Settings
  /** Keys of the encrypted columns, and as they stand in an environment. */
  keys: WorkerSettings['COLUMN_KEYS']
  columnKeys: string
  db: Db
  storage: Storage
  /** An event with a photographer. */
  addEvent(columns?: Partial<typeof events.$inferInsert>): Promise<string>
  /** Stores an original as the api does, and its queued row. */
  addPhoto(eventId: string, bytes: Buffer, columns?: Partial<typeof photos.$inferInsert>): Promise<string>
  photo(id: string): Promise<typeof photos.$inferSelect>
  /** A search by an embedding that waits for its answer. */
  addSearch(eventId: string): Promise<string>
}

export async function testPlace(environment: Record<string, string> = {}, own?: TestDb): Promise<TestPlace> {
  const database = own ?? (await testDb())
  const redis = await testRedis()
  const folder = await mkdtemp(join(tmpdir(), 'pix-worker-'))
  const columnKeys = `test:${randomBytes(32).toString('base64')}`
  const { COLUMN_KEYS: keys, ...settings } = Settings.parse({
    COLUMN_KEYS: columnKeys,
    MODE: 'development',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    METRICS_PORT: '0',
    DATABASE_URL: database.appUrl,
    REDIS_URL: redis.url,
    FACE_CACHE_DIR: join(ROOT, 'node_modules/.cache/thepixstock-faces'),
    FACE_WEIGHTS_DIR: defaultFaceCache(),
    PHOTO_PROCESSES: '1',
    UPLOAD_MIN_SIDE: '8',
    ...testStorageSettings(folder),
    ...environment,
  })
  const storage = openStorage(settings)
  await storage.prepare()
  const db = connect(database.appUrl, { max: 4, connectMs: 60_000 })
  return {
    settings,
    keys,
    columnKeys,
    db,
    storage,
    addEvent: columns => addEvent(db, columns),
    addPhoto: (eventId, bytes, columns) => addPhoto(db, storage, eventId, bytes, columns),
    addSearch: eventId => addSearch(db, eventId),
    photo: async id => (await db.select().from(photos).where(eq(photos.id, id)))[0]!,
    [Symbol.asyncDispose]: async () => {
      await db.$client.end()
      await redis[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const ignore = () => undefined

/** A place's Redis as the parts of the worker use it: for keys, for queues, and for hints to open pages. */
export interface TestQueues extends AsyncDisposable {
  redis: ReturnType<typeof connectRedis>
  enqueue: Enqueue
  live: Live
}

export async function testQueues({ settings }: Pick<TestPlace, 'settings'>): Promise<TestQueues> {
  const redis = connectRedis(settings.REDIS_URL, 'producer', ignore)
  await redisReady(redis)
  const [enqueue, live] = [createEnqueue(redis, ignore), createLive(redis, ignore)]
  const dispose = async () => {
    live.close()
    await enqueue.close()
    redis.disconnect()
  }
  return { redis, enqueue, live, [Symbol.asyncDispose]: dispose }
}

async function addPhoto(
  db: Db,
  storage: Storage,
  eventId: string,
  bytes: Buffer,
  columns: Partial<typeof photos.$inferInsert> = {},
): Promise<string> {
  const id = newId()
  const key = originalKey(eventId, id, columns.format ?? 'jpg')
  await storage.put(MAIN_BUCKET, key, bytes, { contentType: 'image/jpeg' })
  await addPhotoRow(db, bytes, { id, eventId, ...columns })
  return id
}

async function addSearch(db: Db, eventId: string): Promise<string> {
  const [id, consentId] = [newId(), newId()]
  const sessionId = await addSession(db)
  await db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  await db.insert(searches).values({ id, sessionId, eventId, consentId, source: 'embedding' })
  return id
}

/** The engines of a worker that has just this one. */
export const enginesOf = (engine: FaceEngine, name: FaceEngineName = 'face-api'): FaceEngines => ({
  available: [name],
  open: async () => engine,
  close: () => engine.close(),
})

/**
 * The engines of a worker that has these, the preferred one first. On a machine without sface's weights face-api's
 * networks stand in for it, under its model version.
 */
export async function testEngines({ settings }: TestPlace, available: FaceEngineName[]): Promise<FaceEngines> {
  const engines = await openFaceEngines(engineOptions(settings))
  if (hasWeights) return { ...engines, available }
  const open: FaceEngines['open'] = async name => ({
    ...(await engines.open('face-api')),
    modelVersion: MODEL_VERSIONS[name],
  })
  return { ...engines, available, open }
}

/** Waits until something holds. @throws Error after `seconds` */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 300): Promise<void> {
  const deadline = performance.now() + seconds * 1_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${seconds} s still not: ${what}`)
    await delay(100)
  }
}

/** A way to a server that can be shut and opened again, as a network or a restart does. */
export interface Gate extends AsyncDisposable {
  /** `url` by way of the gate. */
  through(url: string): string
  shut(): Promise<void>
  open(): Promise<void>
}

export async function testGate(url: string): Promise<Gate> {
  const { hostname, port } = new URL(url)
  const passing = new Set<Socket>()
  let server = createServer()
  let own = 0
  const open = async () => {
    server = createServer(visitor => {
      const target = connectTo(Number(port), hostname)
      for (const socket of [visitor, target]) {
        passing.add(socket)
        socket
          .on('error', () => undefined)
          .on('close', () => (passing.delete(socket), visitor.destroy(), target.destroy()))
      }
      visitor.pipe(target).pipe(visitor)
    })
    await new Promise<void>(resolve => server.listen(own, '127.0.0.1', resolve))
    own = (server.address() as AddressInfo).port
  }
  const shut = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    for (const socket of passing) socket.destroy()
    await closed
  }
  await open()
  const through = (address: string) => address.replace(`${hostname}:${port}`, `127.0.0.1:${own}`)
  return { through, open, shut, [Symbol.asyncDispose]: shut }
}
