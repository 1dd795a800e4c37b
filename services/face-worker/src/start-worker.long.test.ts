import { askReread } from '@pix/db/ask-reread.ts'
import { newId } from '@pix/db/ids.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { hasWeights, noWeights } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { probeKey, readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { eq, inArray, sql } from 'drizzle-orm'
import { startWorker } from './start-worker.ts'
import { groupPhoto, silentLog, testGate, testPlace, type TestPlace, testQueues, until } from './testing.ts'

/** Long enough for every retry of a fast connection to fail. */
const OUTAGE_MS = 8_000
/** Each test starts real processes, which load the face models. */
const LIMIT = { timeout: 900_000 }
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const withKeys = ({ settings, keys: COLUMN_KEYS }: TestPlace) => ({ ...settings, COLUMN_KEYS })

/** The worker as a process of its own, as it really runs. */
function spawnWorker({ settings, columnKeys: COLUMN_KEYS }: TestPlace): ChildProcess {
  const env = Object.fromEntries(
    Object.entries({ ...settings, COLUMN_KEYS }).map(([key, value]) => [key, String(value)]),
  )
  const child = spawn(process.execPath, [...TYPESCRIPT, MAIN], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  started.push(child)
  return child
}

const rowsOf = ({ db }: TestPlace, eventId: string) => db.select().from(photos).where(eq(photos.eventId, eventId))

/** No photo can be finished until the returned function is called. */
async function holdPhotos({ db }: TestPlace): Promise<() => Promise<void>> {
  const holder = await db.$client.connect()
  await holder.query('begin')
  await holder.query('lock table faces in exclusive mode')
  return async () => {
    await holder.query('rollback')
    holder.release()
  }
}

/** The connections of the processes that work on photos. */
const PHOTO_CONNECTIONS = sql`pg_stat_activity where datname = current_database() and application_name = 'thepixstock-photos'`

const ended = (child: ChildProcess) => new Promise<number | null>(resolve => child.once('exit', resolve))

test('photos that nobody enqueued are found and processed', LIMIT, async () => {
  await using place = await testPlace()
  const eventId = await place.addEvent()
  const ids = [await place.addPhoto(eventId, readFileSync(groupPhoto(1)))]
  ids.push(await place.addPhoto(eventId, readFileSync(groupPhoto(2))))
  ids.push(await place.addPhoto(eventId, Buffer.from('no picture at all')))
  const stop = await startWorker(withKeys(place), silentLog)
  const open = async () => (await rowsOf(place, eventId)).filter(photo => /queued|processing/.test(photo.state))
  await until('all are finished', async () => (await open()).length === 0)
  await stop()
  expect((await place.photo(ids[0]!)).state).toBe('processed')
  expect(await place.photo(ids[2]!)).toMatchObject({ state: 'failed', failure: 'not_an_image' })
})

test('a photo whose worker was killed in the middle is processed by the next one', LIMIT, async () => {
  await using place = await testPlace()
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(4)))
  const letGo = await holdPhotos(place)
  const first = spawnWorker(place)
  await until('it is nearly done', async () => {
    const { rows } = await place.db.execute(sql`select from ${PHOTO_CONNECTIONS} and wait_event_type = 'Lock'`)
    return rows.length > 0
  })
  const firstEnded = ended(first)
  first.kill('SIGKILL')
  await firstEnded
  expect((await place.photo(photoId)).state).toBe('processing')
  await place.db.execute(sql`select pg_terminate_backend(pid) from ${PHOTO_CONNECTIONS}`) // as its own end does, at once
  await letGo()
  const second = spawnWorker(place)
  await until('it is processed', async () => (await place.photo(photoId)).state === 'processed')
  expect((await place.photo(photoId)).attempts).toBe(2)
  second.kill('SIGTERM')
  expect(await ended(second)).toBe(0)
})

test.skipIf(!hasWeights)(
  `an event whose worker was killed while reading it again is read by the next one${noWeights}`,
  LIMIT,
  async () => {
    await using place = await testPlace({ FACE_ENGINE: 'face-api' })
    const eventId = await place.addEvent()
    const ids = [await place.addPhoto(eventId, readFileSync(groupPhoto(1)))]
    ids.push(await place.addPhoto(eventId, readFileSync(groupPhoto(2))))
    const first = spawnWorker(place)
    for (const id of ids) await until('it is processed', async () => (await place.photo(id)).state === 'processed')
    const letGo = await holdPhotos(place)
    const request = { eventId, model: MODEL_VERSIONS.sface, askedBy: null, now: new Date() }
    expect(await place.db.transaction(tx => askReread(tx, request))).toMatchObject({ kind: 'asked' })
    await until('a photo is nearly read', async () => {
      const { rows } = await place.db.execute(sql`select from ${PHOTO_CONNECTIONS} and wait_event_type = 'Lock'`)
      return rows.length > 0
    })
    const firstEnded = ended(first)
    first.kill('SIGKILL')
    await firstEnded
    await place.db.execute(sql`select pg_terminate_backend(pid) from ${PHOTO_CONNECTIONS}`)
    await letGo()
    const second = spawnWorker(place)
    const model = async () => (await place.db.select().from(events).where(eq(events.id, eventId)))[0]!.faceModel
    await until('the event has changed', async () => (await model()) === MODEL_VERSIONS.sface)
    for (const id of ids) {
      const found = await place.db.select().from(faces).where(eq(faces.photoId, id))
      expect(new Set(found.map(face => face.modelVersion))).toEqual(new Set(Object.values(MODEL_VERSIONS)))
    }
    second.kill('SIGTERM')
    expect(await ended(second)).toBe(0)
  },
)

test(
  'Redis away for a while loses nothing: photos uploaded meanwhile are processed after it is back',
  LIMIT,
  async () => {
    await using place = await testPlace()
    await using gate = await testGate(place.settings.REDIS_URL)
    const eventId = await place.addEvent()
    const stop = await startWorker({ ...withKeys(place), REDIS_URL: gate.through(place.settings.REDIS_URL) }, silentLog)
    const before = await place.addPhoto(eventId, readFileSync(groupPhoto(1)))
    await until('it is in work', async () => (await place.photo(before)).state !== 'queued')
    await gate.shut()
    const meanwhile = await place.addPhoto(eventId, readFileSync(groupPhoto(2)))
    await delay(OUTAGE_MS)
    await gate.open()
    for (const id of [before, meanwhile])
      await until('it is processed', async () => (await place.photo(id)).state === 'processed')
    expect(await rowsOf(place, eventId)).toMatchObject([{ failure: null }, { failure: null }])
    await stop()
  },
)

test('two workers share the searches of all events, and one goes on when the other is killed', LIMIT, async () => {
  await using place = await testPlace()
  await using queues = await testQueues(place)
  const { redis, enqueue } = queues
  const workers = [spawnWorker(place), spawnWorker(place)]
  await until('both are registered', async () => (await redis.zcard('search:seats')) === 2)
  const events: string[] = []
  for (let i = 0; i < 6; i++) events.push(await place.addEvent())
  const ask = async () => {
    const ids: string[] = []
    for (const eventId of events) {
      const searchId = await place.addSearch(eventId)
      ids.push(searchId)
      await redis.set(probeKey(searchId), Buffer.from(new Float32Array(129).fill(0.1).buffer), 'EX', 600)
      await enqueue(searchFaces, { searchId, eventId })
    }
    await until('all are answered', async () => {
      const rows = await place.db.select().from(searches).where(inArray(searches.id, ids))
      return rows.every(row => row.state === 'done')
    })
  }
  await ask()
  workers[0]!.kill('SIGKILL')
  await ask()
  await until('the other is no longer registered', async () => (await redis.zcard('search:seats')) === 1)
  workers[1]!.kill('SIGTERM')
  expect(await ended(workers[1]!)).toBe(0)
  expect(await redis.keys('bull:faces-search-*')).toEqual([])
})

/** Children of this process that run a script. */
const childrenWith = (script: string): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8')
      try {
        return (
          read('cmdline').includes(script) && read('stat').split(') ').at(-1)!.split(' ')[1] === String(process.pid)
        )
      } catch {
        return false // it has ended meanwhile
      }
    })

test.skipIf(process.platform !== 'linux')(
  'a search with an embedding is answered while every process that reads selfies is held up by one',
  LIMIT,
  async () => {
    await using place = await testPlace({ SELFIE_PROCESSES: '1', SELFIE_SECONDS: '75' })
    await using queues = await testQueues(place)
    const { redis, enqueue } = queues
    const stop = await startWorker(withKeys(place), silentLog)
    const eventId = await place.addEvent()
    const stateOf = async (id: string) => (await place.db.select().from(searches).where(eq(searches.id, id)))[0]!.state
    const sendSelfie = async () => {
      const searchId = await place.addSearch(eventId)
      await place.storage.put(VANISHING_BUCKET, selfieKey(searchId), readFileSync(groupPhoto(1)), {
        contentType: 'image/jpeg',
      })
      await place.db.update(searches).set({ source: 'selfie' }).where(eq(searches.id, searchId))
      await enqueue(readSelfies, { searchId, eventId, visitor: newId(), network: 'stadium' })
      return searchId
    }
    const held = childrenWith('selfie-child')
    for (const pid of held) process.kill(pid, 'SIGSTOP')
    const selfies = [await sendSelfie(), await sendSelfie(), await sendSelfie()]
    await until('one is being read', async () => (await stateOf(selfies[0]!)) === 'processing')

    for (let n = 0; n < 3; n++) {
      const searchId = await place.addSearch(eventId)
      await redis.set(probeKey(searchId), Buffer.from(new Float32Array(129).fill(0.1).buffer), 'EX', 600)
      await enqueue(searchFaces, { searchId, eventId })
      await until('it is answered', async () => (await stateOf(searchId)) === 'done')
    }
    expect(await Promise.all(selfies.map(stateOf))).toEqual(['processing', 'queued', 'queued'])

    for (const pid of held) process.kill(pid, 'SIGCONT')
    for (const id of selfies) await until('it is read', async () => (await stateOf(id)) === 'choose_face')
    await stop()
  },
)

const { TEST_S3_ENDPOINT } = process.env
test.skipIf(!TEST_S3_ENDPOINT)(
  'S3 away for a while costs a photo a try, and no more (needs an S3 server)',
  LIMIT,
  async () => {
    await using place = await testPlace()
    await using gate = await testGate(TEST_S3_ENDPOINT!)
    const eventId = await place.addEvent()
    const settings = { ...withKeys(place), STORAGE_ENDPOINT: gate.through(TEST_S3_ENDPOINT!) }
    const stop = await startWorker(settings, silentLog)
    await gate.shut()
    const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(3)))
    await until('a try failed', async () => {
      const { state, attempts } = await place.photo(photoId)
      return state === 'queued' && attempts === 1
    })
    await gate.open()
    await place.db.update(photos).set({ queuedAt: new Date(Date.now() - 61_000) }) // its minute of rest is over
    await until('it is processed', async () => (await place.photo(photoId)).state === 'processed')
    expect((await place.photo(photoId)).attempts).toBe(2)
    await stop()
  },
)
