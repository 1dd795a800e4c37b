import { randomBytes } from 'node:crypto'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { createBreaker } from '@pix/platform/breaker.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { s3Storage } from '@pix/platform/storage-s3.ts'
import { listAll, MAIN_BUCKET } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { embedding, MODEL } from './testing/faces.ts'
import { testJpeg } from './testing/images.ts'
import { cuttableWire, through } from './testing/outage.ts'
import { type TestApp, testApp } from './testing/test-app.ts'

const hostOf = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) })

async function uploader(t: TestApp) {
  const [photographer, event] = [await t.user('photographer'), await t.event()]
  await t.invite(event.id, photographer.id)
  return async (seed: number) => {
    const data = new FormData()
    data.append('eventId', event.id)
    data.append('photo', new Blob([new Uint8Array(await testJpeg(seed))]), `${seed}.jpg`)
    const encoded = new Request('http://test', { method: 'POST', body: data })
    return t.app.inject({
      method: 'POST',
      url: '/api/photos/upload',
      payload: Buffer.from(await encoded.arrayBuffer()),
      headers: { ...photographer.headers, 'content-type': encoded.headers.get('content-type')! },
    })
  }
}

test('Redis away: shop, sign-in and uploads go on, readyz says it, and the sweep finds what was not enqueued', async () => {
  await using redis = await testRedis()
  await using wire = await cuttableWire(hostOf(redis.url))
  await using t = await testApp({ redisUrl: through(redis.url, wire) })
  const upload = await uploader(t)
  const visitor = await t.visitor()
  await upload(1)

  wire.cut()
  await expect.poll(() => t.deps.redis.status).not.toBe('ready')

  expect((await t.app.inject({ url: '/api/events' })).statusCode).toBe(200)
  expect((await t.app.inject({ url: '/api/cart', headers: visitor.headers })).statusCode).toBe(200)
  const wrong = { email: 'a@b.example', password: 'wrong' }
  expect((await t.app.inject({ method: 'POST', url: '/api/auth/login', payload: wrong })).statusCode).toBe(401)
  expect((await upload(2)).statusCode).toBe(202)
  const ready = async () => (await t.app.inject({ url: '/api/readyz' })).json()
  await expect.poll(ready).toEqual({ status: 'away', checks: { database: 'ok', redis: 'away', storage: 'ok' } })
  const rows = await t.db.select().from(photos)
  expect(rows.map(row => row.state)).toEqual(['queued', 'queued'])

  wire.mend()
  await expect.poll(() => t.deps.redis.status).toBe('ready')
  await expect.poll(async () => (await t.app.inject({ url: '/api/readyz' })).statusCode).toBe(200)
  expect((await upload(3)).statusCode).toBe(202)
  await expect.poll(() => t.deps.enqueue(processPhoto, { photoId: rows[0]!.id })).toBe(true)
})

/** Counts the commands that waited for Redis until their time-out. Open, it lets a trial through only after `later`. */
function countingBreaker() {
  let [waited, ms] = [0, 0]
  const inner = createBreaker(3, 1_000, () => ms)
  const silent = () => {
    waited += 1
    inner.silent()
  }
  return { breaker: { ...inner, silent }, waits: () => waited, later: () => void (ms = Infinity) }
}

test.each(['cut', 'freeze'] as const)(
  'Redis away from one line to the next (%s): every request is answered without waiting for it again and again, and all is well after',
  async fault => {
    await using redis = await testRedis()
    await using wire = await cuttableWire(hostOf(redis.url))
    const { breaker, waits, later } = countingBreaker()
    await using t = await testApp({ redisUrl: through(redis.url, wire), breaker })
    const upload = await uploader(t)
    const [event, visitor] = [await t.event(), await t.visitor()]
    const search = () =>
      t.app.inject({
        method: 'POST',
        url: '/api/face/search/embedding',
        headers: visitor.headers,
        payload: {
          eventId: event.id,
          consent: FACE_SEARCH_CONSENT.th,
          modelVersion: MODEL,
          embedding,
          quality: 1,
        },
      })
    const asked = {
      page: () => t.app.inject({ url: `/api/events/${event.slug}` }),
      cart: () => t.app.inject({ url: '/api/cart', headers: visitor.headers }),
      upload: () => upload(1),
      search,
    }
    for (const ask of Object.values(asked)) await ask()

    wire[fault]()
    const statuses: Record<string, number[]> = { page: [], cart: [], upload: [], search: [] }
    for (let round = 0; round < 10; round += 1)
      for (const [name, ask] of Object.entries(asked)) statuses[name]!.push((await ask()).statusCode)
    const answered = Object.entries(statuses).map(([name, all]) => [name, [...new Set(all)]])
    expect(answered).toEqual([
      ['page', [200]],
      ['cart', [200]],
      ['upload', [200]],
      // Its numbers are kept in Redis alone.
      ['search', [503]],
    ])
    // A command that waits for its time-out in each of the forty would be counted forty times.
    expect(waits()).toBeLessThan(20)

    wire[fault === 'cut' ? 'mend' : 'thaw']()
    later()
    await expect.poll(async () => (await search()).statusCode).toBe(202)
  },
)

test.each(['cut', 'freeze'] as const)(
  'a job for a queue that is new while Redis is away (%s) is given up, and enqueued once it is back',
  async fault => {
    await using redis = await testRedis()
    await using wire = await cuttableWire(hostOf(redis.url))
    await using t = await testApp({ redisUrl: through(redis.url, wire) })
    const enqueue = () => t.deps.enqueue(groupFaces, { eventId: t.deps.newId() })
    wire[fault]()
    expect(await enqueue()).toBe(false)
    wire[fault === 'cut' ? 'mend' : 'thaw']()
    await expect.poll(enqueue).toBe(true)
  },
)

const endpoint = process.env.TEST_S3_ENDPOINT

test.skipIf(endpoint === undefined)(
  'S3 away: an upload is refused clearly and leaves nothing, and works again when it is back',
  async () => {
    await using wire = await cuttableWire(hostOf(endpoint!))
    const storage = s3Storage({
      endpoint: through(endpoint!, wire),
      publicUrl: endpoint!,
      region: 'us-east-1',
      accessKey: process.env.TEST_S3_ACCESS_KEY ?? '',
      secretKey: process.env.TEST_S3_SECRET_KEY ?? '',
      bucketPrefix: `t${randomBytes(6).toString('hex')}-`,
    })
    await storage.prepare()
    await using t = await testApp({ storage })
    const upload = await uploader(t)

    wire.cut()
    const refused = await upload(1)
    expect({ status: refused.statusCode, code: refused.json().code }).toEqual({ status: 503, code: 'unavailable' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(await t.db.select().from(photos)).toEqual([])
    expect((await t.app.inject({ url: '/api/readyz' })).json().checks.storage).toBe('away')

    wire.mend()
    expect((await upload(1)).statusCode).toBe(202)
    const originals = await listAll(storage, MAIN_BUCKET, '')
    expect(originals).toHaveLength(1)
    await storage.delete(
      MAIN_BUCKET,
      originals.map(object => object.key),
    )
  },
)

test('PostgreSQL away: every answer is a clear 503, and all is well when it is back', async () => {
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL ?? ''
  await using wire = await cuttableWire(hostOf(adminUrl))
  await using t = await testApp({ wireDatabase: url => through(url, wire) })
  await t.event()
  wire.cut()
  for (const url of ['/api/events', '/api/cart']) {
    const answer = await t.app.inject({ url })
    expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 503, code: 'unavailable' })
  }
  expect((await t.app.inject({ url: '/api/readyz' })).json().checks.database).toBe('away')
  expect((await t.app.inject({ url: '/api/healthz' })).statusCode).toBe(200)
  wire.mend()
  expect((await t.app.inject({ url: '/api/events' })).json().items).toHaveLength(1)
})
