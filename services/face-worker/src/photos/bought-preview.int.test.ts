import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { BOUGHT_JPEGS } from '@pix/domain/picture-sizes.ts'
import { makeBoughtPreview as job } from '@pix/jobs/photos.ts'
import { boughtJpegKey, boughtPreviewKey, originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { createPriorityLimiter } from '../rereads/priority-limiter.ts'
import { silentLog, testPlace, type TestPlace, testQueues } from '../testing.ts'
import { createBoughtAnswers, enqueueBought } from './answer-bought.ts'
import type { PhotoPool } from './answer-photos.ts'
import { makeBoughtPreview } from './bought-preview.ts'

let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const make = (photoId: string) => makeBoughtPreview({ ...place, limits: photoLimits(place.settings) }, photoId)
const rowOf = async (photoId: string) =>
  (await place.db.select().from(boughtPreviews).where(eq(boughtPreviews.photoId, photoId)))[0]
const pictureOf = (eventId: string, photoId: string) =>
  readWhole(place.storage, MAIN_BUCKET, boughtPreviewKey(eventId, photoId))

/** A bought photo that lies on its side, red at its upright top. */
async function boughtPhoto(bytes?: Buffer) {
  const eventId = await place.addEvent()
  const red = await sharp({ create: { width: 600, height: 2_700, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer()
  const lying = await sharp({ create: { width: 3_600, height: 2_700, channels: 3, background: '#0000ff' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const photoId = await place.addPhoto(eventId, bytes ?? lying)
  await place.db.insert(boughtPreviews).values({ photoId, queuedAt: new Date() })
  return { eventId, photoId }
}

test('a bought photo gets an upright picture of 1,200 pixels with no mark on it and nothing of its file', async () => {
  const { eventId, photoId } = await boughtPhoto()
  expect(await make(photoId)).toEqual({ kind: 'made' })
  expect((await rowOf(photoId))?.state).toBe('ready')
  const picture = sharp((await pictureOf(eventId, photoId))!)
  const { width, height, orientation, exif } = await picture.metadata()
  expect([width, height, orientation, exif]).toEqual([900, 1_200, undefined, undefined])
  // Two plain colours: a watermark would be a third.
  for (const [top, colour] of [
    [10, [254, 0, 0]],
    [300, [0, 0, 254]],
  ] as const) {
    const { channels } = await sharp(
      await picture.clone().extract({ left: 0, top, width, height: 180 }).toBuffer(),
    ).stats()
    expect(channels.map(({ mean }) => Math.round(mean))).toEqual(colour)
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeLessThan(2)
  }
  expect(await make(photoId)).toEqual({ kind: 'made' })
})

/** What was made of a photo, by size: format, width, height and metadata. @param bytes of a TIFF, else a JPEG of our own */
const sizesOf = async (bytes?: Buffer) => {
  const { eventId, photoId } = await boughtPhoto(bytes)
  if (bytes) await place.db.update(photos).set({ format: 'tiff' }).where(eq(photos.id, photoId))
  if (bytes)
    await place.storage.put(MAIN_BUCKET, originalKey(eventId, photoId, 'tiff'), bytes, { contentType: 'image/tiff' })
  expect(await make(photoId)).toEqual({ kind: 'made' })
  const keys = [...BOUGHT_JPEGS.map(size => boughtJpegKey(eventId, size, photoId)), boughtPreviewKey(eventId, photoId)]
  return Promise.all(
    keys.map(async key => {
      const jpeg = await readWhole(place.storage, MAIN_BUCKET, key)
      if (!jpeg) return null
      const { format, width, height, exif } = await sharp(jpeg).metadata()
      return [format, width, height, exif]
    }),
  )
}

const tiff = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#00ff00' } })
    .tiff()
    .toBuffer()

test('from the same reading come a JPEG of 2,048 pixels to pass on, and of a TIFF one of full size; a small photo is not enlarged', async () => {
  expect(await sizesOf()).toEqual([['jpeg', 1_536, 2_048, undefined], null, ['jpeg', 900, 1_200, undefined]])
  expect(await sizesOf(await tiff(3_000, 2_000))).toEqual([
    ['jpeg', 2_048, 1_365, undefined],
    ['jpeg', 3_000, 2_000, undefined],
    ['jpeg', 1_200, 800, undefined],
  ])
  const small = ['jpeg', 900, 700, undefined]
  expect(await sizesOf(await tiff(900, 700))).toEqual([null, small, small])
})

test('an original that is no picture any more is given up at once; of a photo that is deleted or taken down meanwhile nothing stays', async () => {
  const broken = await boughtPhoto(Buffer.from('no picture at all'))
  expect(await make(broken.photoId)).toEqual({ kind: 'refused', refusal: 'not_an_image' })
  expect((await rowOf(broken.photoId))?.state).toBe('failed')

  const takenDown = { takenDownAt: new Date(), approval: 'rejected' as const, rejectReason: 'asked' }
  const ends = [
    (id: string) => place.db.delete(photos).where(eq(photos.id, id)),
    (id: string) => place.db.update(photos).set(takenDown).where(eq(photos.id, id)),
  ]
  for (const end of ends) {
    const { eventId, photoId } = await boughtPhoto()
    const storage = Object.assign(Object.create(place.storage) as typeof place.storage, {
      put: async (...args: Parameters<typeof place.storage.put>) => {
        await end(photoId)
        return place.storage.put(...args)
      },
    })
    const deps = { ...place, storage, limits: photoLimits(place.settings) }
    expect(await makeBoughtPreview(deps, photoId)).toEqual({ kind: 'gone' })
    expect(await pictureOf(eventId, photoId)).toBeNull()
    expect(await makeBoughtPreview(deps, photoId)).toEqual({ kind: 'gone' })
  }
})

test('a picture whose original is not there is tried six times, rests between, and is given up then', async () => {
  const { eventId, photoId } = await boughtPhoto()
  await place.storage.delete(MAIN_BUCKET, originalKey(eventId, photoId, 'jpg'))
  await using queues = await testQueues(place)
  const { enqueue, live } = queues
  let at = new Date()
  const now = () => at
  const pool = { run: ({ photoId }: { photoId: string }) => make(photoId) } as Pick<PhotoPool, 'run'>
  const answers = createBoughtAnswers({ ...place, live, now, limiter: createPriorityLimiter(1), pool, log: silentLog })
  const waits = async () => {
    await enqueueBought({ ...place, enqueue, now })
    const keys = await enqueue.keys(job)
    await enqueue.drain(job)
    return keys.includes(photoId)
  }
  for (const tries of [1, 2, 3, 4, 5, 6]) {
    expect(await waits()).toBe(true)
    await answers.answer(photoId)
    expect(await rowOf(photoId)).toMatchObject({ attempts: tries, state: tries < 6 ? 'queued' : 'failed' })
    expect(await waits()).toBe(false)
    at = new Date(at.getTime() + 60 * 60_000)
  }
})
