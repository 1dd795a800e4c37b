import { killedAtEach } from '@pix/db/dying-testing.ts'
import { newId } from '@pix/db/ids.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { uploadKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { silentLog, testPlace } from '../testing.ts'
import { readLogo } from './read-logo.ts'

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about a logo leaves one that the next try makes',
  async sent => {
    await using place = await testPlace()
    const { db, storage, settings } = place
    const id = newId()
    await db.insert(studios).values({ id, slug: 'logo-studio', nameTh: 'ร้าน', nameEn: 'Shop' })
    const png = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#a00' } })
      .png()
      .toBuffer()
    const row = async () => (await db.select().from(studios).where(eq(studios.id, id)))[0]!
    const upload = async () => {
      const logoUpload = uploadKey(newId())
      await storage.put(VANISHING_BUCKET, logoUpload, png, { contentType: 'application/octet-stream' })
      await db.update(studios).set({ logoUpload, logoFault: null }).where(eq(studios.id, id))
    }
    await upload()
    const read = (on: typeof db) => readLogo({ db: on, storage, log: silentLog }, settings, id)
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, read, async () => {
      await read(db)
      const { logo, logoUpload } = await row()
      expect(logoUpload).toBeNull()
      expect(await storage.exists(MAIN_BUCKET, logo!)).toBe(true)
      await upload()
    })
    expect(deaths).toBeGreaterThan(1)
  },
)
