import { newId } from '@pix/db/ids.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { logoKey, uploadKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, type TestPlace, testPlace } from '../testing.ts'
import { readLogo } from './read-logo.ts'

let place: TestPlace
const studioId = newId()
beforeAll(async () => {
  place = await testPlace()
  await place.db.insert(studios).values({ id: studioId, slug: 'logo-studio', nameTh: 'ร้าน', nameEn: 'Shop' })
})
afterAll(() => place[Symbol.asyncDispose]())

const row = async () => (await place.db.select().from(studios).where(eq(studios.id, studioId)))[0]!
async function upload(bytes: Buffer): Promise<string> {
  const logoUpload = uploadKey(newId())
  await place.storage.put(VANISHING_BUCKET, logoUpload, bytes, { contentType: 'application/octet-stream' })
  await place.db.update(studios).set({ logoUpload, logoFault: null }).where(eq(studios.id, studioId))
  return logoUpload
}
const read = () => readLogo({ ...place, log: silentLog }, place.settings, studioId)

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } } })

test('an uploaded picture becomes a small PNG with its transparency and nothing else of it, in place of the logo before', async () => {
  const before = logoKey(studioId, newId())
  await place.storage.put(MAIN_BUCKET, before, Buffer.from('old'), { contentType: 'image/png' })
  await place.db.update(studios).set({ logo: before }).where(eq(studios.id, studioId))
  const uploaded = await upload(
    await picture(2000, 500)
      .withExif({ IFD0: { Artist: 'somebody' } })
      .webp()
      .toBuffer(),
  )

  expect(await read()).toBe('read')
  const { logo, logoUpload, logoFault } = await row()
  expect([logoUpload, logoFault]).toEqual([null, null])
  const made = await sharp((await readWhole(place.storage, MAIN_BUCKET, logo!))!).metadata()
  expect(made).toMatchObject({ format: 'png', width: 480, height: 120, hasAlpha: true })
  expect(made.exif).toBeUndefined()
  expect(await place.storage.exists(MAIN_BUCKET, before)).toBe(false)
  expect(await place.storage.exists(VANISHING_BUCKET, uploaded)).toBe(false)
  expect(await read()).toBe('nothing')
})

test('a picture that is none, not whole, or of too many pixels is refused with its reason, and the logo stays', async () => {
  const { logo } = await row()
  const png = await picture(600, 600).png().toBuffer()
  const huge = Buffer.from(png)
  huge.writeUInt32BE(60_000, 16)
  huge.writeUInt32BE(60_000, 20)
  for (const [bytes, fault] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'), 'not_an_image'],
    [png.subarray(0, png.length - 40), 'damaged'],
    [huge, 'too_many_pixels'],
  ] as const) {
    await upload(bytes)
    expect(await read()).toBe('refused')
    expect(await row()).toMatchObject({ logo, logoUpload: null, logoFault: fault })
  }
})
