import { killedAtEach } from '@pix/db/dying-testing.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { slipKey, slipUploadKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import { readSlip } from './read-slip.ts'
import { addSlipOrder, codeOf, slipPicture, uploadSlip } from './testing.ts'

/** Each reading starts a process. */
const LIMIT = { timeout: 600_000 }

let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const read = (id: string, db = place.db) =>
  readSlip({ ...place, db, log: silentLog, now: () => new Date() }, place.settings, id)
const row = async (id: string) => (await place.db.select().from(slips).where(eq(slips.id, id)))[0]!
const objects = (id: string) =>
  Promise.all([slipUploadKey(id), slipKey(id)].map(key => place.storage.exists(VANISHING_BUCKET, key)))
const slipOf = async (reference: string) => (await slipPicture(codeOf(reference))).jpeg().toBuffer()

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about a slip leaves one that the next try reads, and never a decision without its picture',
  LIMIT,
  async sent => {
    const { db, settings } = place
    const bytes = await slipOf(`KILLED${sent.toUpperCase()}`)
    const upload = async () => uploadSlip(place, await addSlipOrder(place), bytes)
    let id = await upload()
    const work = (on: typeof db) => read(id, on)
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, work, async () => {
      const { state } = await row(id)
      // Until the slip is decided its upload is there to be read again; a person who decides sees its picture.
      expect((await objects(id))[state === 'reading' ? 0 : 1]).toBe(true)
      await read(id)
      expect(await row(id)).toMatchObject({ state: 'waiting', bank: '014', decidedAt: null, pictureGoneAt: null })
      expect(await objects(id)).toEqual([false, true])
      id = await upload()
    })
    expect(deaths).toBeGreaterThan(6)
  },
)

test.each(['before', 'after'] as const)(
  'a worker killed %s any statement about a slip that cannot be read leaves one that the next try refuses and deletes',
  async sent => {
    const { db, settings, storage } = place
    const orderId = await addSlipOrder(place)
    const uploadLost = async () => {
      const id = await uploadSlip(place, orderId, Buffer.from('a picture'))
      await storage.delete(VANISHING_BUCKET, slipUploadKey(id))
      return id
    }
    let id = await uploadLost()
    const work = (on: typeof db) => read(id, on)
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, work, async () => {
      await read(id)
      expect(await row(id)).toMatchObject({ state: 'unreadable', pictureGoneAt: expect.any(Date) })
      expect(await objects(id)).toEqual([false, false])
      id = await uploadLost()
    })
    expect(deaths).toBeGreaterThan(7)
  },
)
