import { faces, photos } from '@pix/db/schema/photos.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { logoKey, originalKey, previewKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { listAll, MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enginesOf, groupPhoto, sharedData, testPlace, type TestPlace } from '../testing.ts'
import { type PictureLimits, photoLimits } from '../picture/limits.ts'
import { beginTry } from './photo-tries.ts'
import { processPhoto } from './process-photo.ts'

let place: TestPlace
let engine: FaceEngine
let limits: PictureLimits
beforeAll(async () => {
  place = await testPlace()
  limits = photoLimits(place.settings)
  engine = await createFaceEngine({ engine: 'face-api', runtime: 'auto', cacheDir: place.settings.FACE_CACHE_DIR })
})
afterAll(async () => {
  await engine.close()
  await place[Symbol.asyncDispose]()
})

const run = async (photoId: string) => {
  await beginTry(place.db, photoId, new Date())
  return processPhoto(
    { ...place, engines: enginesOf(engine), limits, now: () => new Date() },
    photoId,
    new AbortController().signal,
  )
}

const read = async (key: string) => (await readWhole(place.storage, MAIN_BUCKET, key))!

const picturesOf = async (eventId: string, photoId: string) => {
  return {
    small: await read(thumbnailKey(eventId, 'small', photoId)),
    medium: await read(thumbnailKey(eventId, 'medium', photoId)),
    phone: await read(thumbnailKey(eventId, 'phone', photoId)),
    large: await read(thumbnailKey(eventId, 'large', photoId)),
    preview: await read(previewKey(eventId, photoId)),
  }
}

const facesOf = (photoId: string) => place.db.select().from(faces).where(eq(faces.photoId, photoId)).orderBy(faces.x)

test('a photo gets its sizes, its facts and its faces', async () => {
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(1)))
  const outcome = await run(photoId)
  const photo = await place.photo(photoId)
  expect(outcome).toMatchObject({ kind: 'processed', eventId })
  expect(photo).toMatchObject({ state: 'processed', approval: 'pending', indexRevision: 0, failure: null })
  expect(photo.averageColor).toMatch(/^#[0-9a-f]{6}$/)
  expect(photo.perceptualHash).toMatch(/^[0-9a-f]{16}$/)
  expect(photo.sharpness).toBeGreaterThan(0.5)
  const found = await facesOf(photoId)
  expect(found.length).toBeGreaterThan(2)
  expect(photo.faceCount).toBe(found.length)
  // The column has 32 bits.
  const [measured, kept] = [outcome.kind === 'processed' ? outcome.qualities : [], found.map(face => face.quality)]
  expect(measured.map(Math.fround).toSorted()).toEqual(kept.map(Math.fround).toSorted())
  for (const face of found) expect(face.x >= -0.1 && face.x + face.width <= 1.1).toBe(true)
})

test('the same photo processed again has the same faces, once', async () => {
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(2)))
  await run(photoId)
  const first = await facesOf(photoId)
  const pictures = await picturesOf(eventId, photoId)
  await place.db.execute(`update photos set state = 'queued', processed_at = null where id = '${photoId}'`)
  await run(photoId)
  const strip = (rows: typeof first) => rows.map(row => ({ ...row, id: null }))
  expect(strip(await facesOf(photoId))).toEqual(strip(first))
  expect(await picturesOf(eventId, photoId)).toEqual(pictures)
})

test('an event that approves everything puts the photo on sale under its next revision, its first as the cover', async () => {
  const eventId = await place.addEvent({ approval: 'all', indexRevision: 41 })
  const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(3)))
  await run(photoId)
  expect(await place.photo(photoId)).toMatchObject({ approval: 'approved', indexRevision: 42 })
  const [event] = await place.db.select().from(events).where(eq(events.id, eventId))
  expect(event).toMatchObject({ indexRevision: 42, coverPhotoId: photoId })
})

/** A picture without anybody. */
const lawn = (background: string) => sharp({ create: { width: 300, height: 200, channels: 3, background } }).jpeg()

test('an event that approves what is trusted puts photos on sale of those it trusts only', async () => {
  const eventId = await place.addEvent({ approval: 'trusted' })
  const trusted = await place.addPhoto(eventId, await lawn('#2f6b2f').toBuffer())
  const other = await place.addPhoto(eventId, await lawn('#3f7b3f').toBuffer())
  for (const [id, isTrusted] of [[trusted, true] as const, [other, false] as const]) {
    const { photographerId } = await place.photo(id)
    await place.db.insert(eventPhotographers).values({ eventId, userId: photographerId, trusted: isTrusted })
    await run(id)
  }
  expect(await place.photo(trusted)).toMatchObject({ state: 'processed', approval: 'approved', indexRevision: 1 })
  expect(await place.photo(other)).toMatchObject({ state: 'processed', approval: 'pending', indexRevision: 0 })
})

/** Brightest minus darkest. */
const spread = async (picture: Buffer) => {
  const { channels } = await sharp(picture).stats()
  return channels[0]!.max - channels[0]!.min
}

test('every picture over 150 px carries the watermark, the small one none', async () => {
  const eventId = await place.addEvent({ watermarkText: 'งานวิ่ง ๒๕๖๙ & <Run>' })
  const grey = { create: { width: 2400, height: 1600, channels: 3 as const, background: '#808080' } }
  const photoId = await place.addPhoto(eventId, await sharp(grey).jpeg().toBuffer())
  await run(photoId)
  const { small, ...marked } = await picturesOf(eventId, photoId)
  for (const picture of Object.values(marked)) expect(await spread(picture)).toBeGreaterThan(25)
  expect(await spread(small)).toBeLessThan(3)
})

const grey = () =>
  sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#808080' } })
    .jpeg()
    .toBuffer()

test('a mark in the corner leaves the rest of every picture as it is', async () => {
  const eventId = await place.addEvent({ watermarkPlace: 'corner' })
  const photoId = await place.addPhoto(eventId, await grey())
  await run(photoId)
  const { small: _small, ...marked } = await picturesOf(eventId, photoId)
  for (const picture of Object.values(marked)) {
    const { width, height } = await sharp(picture).metadata()
    const half = { width: Math.floor(width / 3), height: Math.floor(height / 2) }
    const part = (left: number, top: number) =>
      sharp(picture)
        .extract({ left, top, ...half })
        .toBuffer()
    expect(await spread(await part(width - half.width, height - half.height))).toBeGreaterThan(25)
    expect(await spread(await part(0, 0))).toBeLessThan(6)
  }
})

test('previews of a dark photo are brighter where the event says so, and its original stays as it was sent', async () => {
  const dark = await lawn('#1b2b1b').toBuffer()
  const brightness = async (enhancePreviews: boolean) => {
    const eventId = await place.addEvent({ watermarkPlace: 'corner', enhancePreviews })
    const photoId = await place.addPhoto(eventId, dark)
    await run(photoId)
    expect((await read(originalKey(eventId, photoId, 'jpg'))).equals(dark)).toBe(true)
    const pictures = Object.values(await picturesOf(eventId, photoId))
    return Promise.all(pictures.map(async picture => (await sharp(picture).stats()).channels[1]!.mean))
  }
  const [asTaken, enhanced] = [await brightness(false), await brightness(true)]
  for (const [at, mean] of asTaken.entries()) expect(enhanced[at]).toBeGreaterThan(mean * 1.1)
})

test('the logo of the studio marks the pictures where the event says so, and the words where it cannot be read', async () => {
  const red = sharp({ create: { width: 300, height: 120, channels: 4, background: '#ff0000ff' } })
  const key = logoKey(HOUSE_STUDIO, 'red')
  await place.db.update(studios).set({ logo: key }).where(eq(studios.id, HOUSE_STUDIO))
  /** How much redder than blue the reddest pixel is, and the whitest pixel. */
  const marks = async (bytes: Buffer, watermarkLogo: boolean) => {
    await place.storage.put(MAIN_BUCKET, key, bytes, { contentType: 'image/png' })
    const eventId = await place.addEvent({ watermarkLogo })
    const photoId = await place.addPhoto(eventId, await grey())
    await run(photoId)
    const { data } = await sharp((await picturesOf(eventId, photoId)).preview)
      .raw()
      .toBuffer({ resolveWithObject: true })
    let [redder, blue] = [0, 0]
    for (let at = 0; at < data.length; at += 3) {
      redder = Math.max(redder, data[at]! - data[at + 2]!)
      blue = Math.max(blue, data[at + 2]!)
    }
    return { isRed: redder > 50, isWhite: blue > 150 }
  }
  expect(await marks(await red.png().toBuffer(), true)).toEqual({ isRed: true, isWhite: false })
  expect(await marks(Buffer.from('no picture'), true)).toEqual({ isRed: false, isWhite: true })
  expect(await marks(await red.png().toBuffer(), false)).toEqual({ isRed: false, isWhite: true })
})

test.each([
  ['a zero-width space', '\u200b'],
  ['joiners alone', '\u200d\u2060\ufeff'],
  ['a filler that is a letter', '\u3164'],
  ['an empty braille cell', '\u2800'],
  ['a mark without a letter', '\u034f'],
  ['a control character', 'a\u0007b'],
  ['spaces', '   '],
])('a photo of an event whose watermark is %s is marked all the same', async (_, watermarkText) => {
  const grey = { create: { width: 700, height: 500, channels: 3 as const, background: '#808080' } }
  const eventId = await place.addEvent({ watermarkText })
  const photoId = await place.addPhoto(eventId, await sharp(grey).jpeg().toBuffer())
  expect((await run(photoId)).kind).toBe('processed')
  const { small: _small, ...marked } = await picturesOf(eventId, photoId)
  for (const picture of Object.values(marked)) expect(await spread(picture)).toBeGreaterThan(25)
})

test('comments and scripts in a photo, or behind it, are in none of its derivatives', async () => {
  const script = '<script>alert(document.domain)</script>'
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>${script}</rdf:Description></rdf:RDF></x:xmpmeta>`
  const exif = { IFD0: { ImageDescription: script, Artist: script }, IFD2: { UserComment: script } }
  const picture = await lawn('#2f6b2f').withExif(exif).withXmp(xmp).toBuffer()
  const comment = Buffer.from(`<hta:application>${script}`)
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment])
  const bytes = Buffer.concat([
    picture.subarray(0, 2),
    segment,
    picture.subarray(2),
    Buffer.from(`PK\u0003\u0004${script}`),
  ])
  expect(bytes.toString('latin1').split(script).length).toBeGreaterThan(5)
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, bytes)
  expect((await run(photoId)).kind).toBe('processed')
  for (const file of Object.values(await picturesOf(eventId, photoId))) {
    for (const trace of ['script', 'alert', 'hta:', 'adobe', 'PK\u0003\u0004']) expect(file.includes(trace)).toBe(false)
    const { exif: kept, xmp: packet, iptc, comments } = await sharp(file).metadata()
    expect([kept, packet, iptc, comments]).toEqual([undefined, undefined, undefined, undefined])
  }
})

test.each([
  { width: 2400, height: 1600, preview: [1620, 1080], large: [800, 533], phone: [720, 480], medium: [300, 200] },
  { width: 1600, height: 2400, preview: [1080, 1620], large: [533, 800], phone: [480, 720], medium: [200, 300] },
  { width: 700, height: 500, preview: [700, 500], large: [700, 500], phone: [700, 500], medium: [300, 214] },
  { width: 120, height: 90, preview: [120, 90], large: [120, 90], phone: [120, 90], medium: [120, 90] },
])('$width × $height fits its boxes, turned with it, and never grows', async ({ width, height, ...sizes }) => {
  const eventId = await place.addEvent()
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer()
  const photoId = await place.addPhoto(eventId, bytes)
  await run(photoId)
  const pictures = await picturesOf(eventId, photoId)
  for (const [name, [w, h]] of Object.entries(sizes)) {
    const metadata = await sharp(pictures[name as keyof typeof pictures]).metadata()
    expect([metadata.width, metadata.height, metadata.format]).toEqual([w, h, 'jpeg'])
  }
  const side = Math.min(150, width, height)
  expect(await sharp(pictures.small).metadata()).toMatchObject({ width: side, height: side })
})

const eventPhotos = sharedData('event_demo/photos')
test.skipIf(!eventPhotos)('place and camera are kept in the row and in no derivative', async () => {
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, readFileSync(`${eventPhotos}/IMG_1016.jpg`))
  await run(photoId)
  const photo = await place.photo(photoId)
  expect(photo.latitude).toBeCloseTo(13.7386, 3)
  expect([photo.camera, photo.cameraFactsRead]).toEqual(['TestCam Synthetic 1', true])
  expect(photo.takenAt?.toISOString()).toBe('2026-11-13T23:09:52.000Z')
  for (const picture of Object.values(await picturesOf(eventId, photoId))) {
    const { exif, xmp, iptc, icc } = await sharp(picture).metadata()
    expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined])
    expect(picture.includes('TestCam')).toBe(false)
  }
})

test('a photo that is deleted while it is read leaves no picture in storage', async () => {
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, readFileSync(groupPhoto(1)))
  await beginTry(place.db, photoId, new Date())
  const put: typeof place.storage.put = async (...object) => {
    await place.db.delete(photos).where(eq(photos.id, photoId))
    return place.storage.put(...object)
  }
  const deps = {
    ...place,
    storage: { ...place.storage, put },
    engines: enginesOf(engine),
    limits,
    now: () => new Date(),
  }
  expect(await processPhoto(deps, photoId, new AbortController().signal)).toEqual({ kind: 'gone' })
  expect(await listAll(place.storage, MAIN_BUCKET, `events/${eventId}/`)).toEqual([])
})
