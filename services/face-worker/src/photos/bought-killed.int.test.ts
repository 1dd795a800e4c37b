import { killedAtEach } from '@pix/db/dying-testing.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { makeBoughtPreview as job } from '@pix/jobs/photos.ts'
import { boughtPreviewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { createPriorityLimiter } from '../rereads/priority-limiter.ts'
import { silentLog, testPlace, type TestPlace, testQueues, type TestQueues } from '../testing.ts'
import { createBoughtAnswers, enqueueBought } from './answer-bought.ts'
import type { PhotoPool } from './answer-photos.ts'
import { makeBoughtPreview } from './bought-preview.ts'

let place: TestPlace
let queues: TestQueues
let picture: Buffer
beforeAll(async () => {
  place = await testPlace()
  queues = await testQueues(place)
  picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a00' } })
    .jpeg()
    .toBuffer()
})
afterAll(async () => {
  await queues[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

/** As long after a killed worker as its photo rests. */
const later = () => new Date(Date.now() + 60 * 60_000)

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about the picture of a bought photo leaves one that the next try makes',
  async sent => {
    const { db, storage, settings } = place
    const { enqueue, live } = queues
    let eventId = ''
    const bought = async () => {
      eventId = await place.addEvent()
      const photoId = await place.addPhoto(eventId, picture)
      await db.insert(boughtPreviews).values({ photoId, queuedAt: new Date() })
      return photoId
    }
    let photoId = await bought()
    const row = async () => (await db.select().from(boughtPreviews).where(eq(boughtPreviews.photoId, photoId)))[0]!
    const answer = (on: typeof db, now = () => new Date()) => {
      const limits = photoLimits(settings)
      const run = () => makeBoughtPreview({ ...place, db: on, limits }, photoId)
      const pool = { run } as Pick<PhotoPool, 'run'>
      const limiter = createPriorityLimiter(1)
      return createBoughtAnswers({ db: on, live, now, limiter, pool, log: silentLog }).answer(photoId)
    }
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, answer, async () => {
      const left = await row()
      const isThere = await storage.exists(MAIN_BUCKET, boughtPreviewKey(eventId, photoId))
      expect(isThere || left.state === 'queued').toBe(true)
      await enqueueBought({ db, enqueue, now: later })
      expect((await enqueue.keys(job)).includes(photoId)).toBe(left.state === 'queued')
      await enqueue.drain(job)
      await answer(db, later)
      expect((await row()).state).toBe('ready')
      expect(await storage.exists(MAIN_BUCKET, boughtPreviewKey(eventId, photoId))).toBe(true)
      photoId = await bought()
    })
    expect(deaths).toBeGreaterThan(3)
  },
)
