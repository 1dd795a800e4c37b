import { newId } from '@pix/db/ids.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { readSelfies } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ChildPoolOptions, createChildPool } from '../children/child-pool.ts'
import {
  groupPhoto,
  sharedData,
  silentLog,
  testPlace,
  type TestPlace,
  testQueues,
  type TestQueues,
} from '../testing.ts'
import { readSelfie, type SelfieDeps, type SelfiePool } from './read-selfie.ts'
import { createTurns } from './take-turns.ts'

const now = () => new Date()
const bugs = sharedData('bugs')
const REAL = readFileSync(groupPhoto(1))
/** No picture is too large for these settings: only the process's own limits hold. */
const OPEN_GATES = { SELFIE_MAX_PIXELS: 1e9, SELFIE_DECODE_MEGABYTES: 1e6 }

let place: TestPlace
let queues: TestQueues
let eventId: string
let pool: SelfiePool | undefined

beforeAll(async () => {
  place = await testPlace()
  queues = await testQueues(place)
  eventId = await place.addEvent()
})
afterEach(() => pool?.stop())
afterAll(async () => {
  await queues[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

/** A process that reads selfies, and how often it was asked to. */
function start(limits: Partial<ChildPoolOptions>, settings: object = {}) {
  const script = new URL('selfie-child.ts', import.meta.url)
  const given = { ...place.settings, ...settings }
  const [softMs, hardMs] = [300_000, 300_000]
  const children: SelfiePool = createChildPool({
    script,
    settings: given,
    size: 1,
    softMs,
    hardMs,
    log: silentLog,
    ...limits,
  })
  pool = children
  const asked = { times: 0 }
  const counting: SelfiePool = { ...children, run: bytes => (asked.times++, children.run(bytes)) }
  const { db, storage } = place
  const stopping = new AbortController().signal
  const deps = {
    db,
    storage,
    ...queues,
    log: silentLog,
    now,
    pool: counting,
    turns: createTurns(1),
    stopping,
  }
  return { asked, pids: () => children.pids(), send: (bytes: Buffer) => send(deps, bytes) }
}

/** Sends a selfie as a visitor of its own. @returns its row once it was read */
async function send(deps: SelfieDeps, bytes: Buffer) {
  const [id, sessionId, consentId] = [newId(), newId(), newId()]
  await place.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  await place.db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  await place.storage.put(VANISHING_BUCKET, selfieKey(id), bytes, { contentType: 'image/jpeg' })
  await place.db.insert(searches).values({ id, sessionId, eventId, consentId, source: 'selfie' })
  await readSelfie(deps, { searchId: id, eventId, visitor: sessionId, network: 'stadium' }, {})
  expect(await queues.enqueue.keys(readSelfies)).toEqual([])
  return (await place.db.select().from(searches).where(eq(searches.id, id)))[0]!
}

const TOO_LARGE = { state: 'failed', problemCode: 'image_too_large' }

test.skipIf(!bugs).each(['heic120.heic', 'avif120.avif'])(
  '%s is refused by its header, in a process that lives on and took no memory for it',
  async file => {
    const { send: sendOne, pids } = start({})
    await sendOne(REAL)
    const [before, most] = [pids(), peakMegabytes(pids()[0]!)]
    expect(await sendOne(readFileSync(`${bugs}/${file}`))).toMatchObject(TOO_LARGE)
    expect(pids()).toEqual(before)
    expect(peakMegabytes(pids()[0]!) - most).toBeLessThan(30)
  },
)

test.skipIf(!bugs || process.platform !== 'linux').each(['heic120.heic', 'avif120.avif'])(
  '%s whose header nobody believes gets no more memory than its process has, and takes nobody along',
  async file => {
    const { send: sendOne } = start({ memoryMegabytes: 1_000 }, OPEN_GATES)
    const bomb = sendOne(readFileSync(`${bugs}/${file}`))
    const guest = sendOne(REAL)
    expect((await bomb).state).toBe('failed')
    expect((await guest).state).toBe('choose_face')
  },
)

test('a selfie that takes too long fails with a reason, is not tried again, and takes nobody along', async () => {
  const { send: sendOne, asked } = start({ cpuMs: 1 })
  expect(await sendOne(REAL)).toMatchObject(TOO_LARGE)
  expect(asked.times).toBe(1)
  await pool!.stop()
  const { send: sendNext } = start({ cpuMs: 300_000 })
  const [first, second] = await Promise.all([sendNext(REAL), sendNext(REAL)])
  expect([first.state, second.state]).toEqual(['choose_face', 'choose_face'])
})

/** The most memory that a process has ever held. */
const peakMegabytes = (pid: number): number =>
  process.platform === 'linux'
    ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
    : 0
