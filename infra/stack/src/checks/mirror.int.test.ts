import { newId } from '@pix/db/ids.ts'
import { addEvent, addPhotoRow, addSession } from '@pix/db/rows-testing.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { s3Storage } from '@pix/platform/storage-s3.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { listAll, MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addPaidOrder } from '../../../../services/api/src/testing/paid-order.ts'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'

const { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY = '', TEST_S3_SECRET_KEY = '' } = process.env
const isHere = endpoint && ['rclone', 'psql'].every(name => findBinary([name]))
const lacking = isHere ? '' : ' [skipped: it needs rclone, psql and an S3 server]'
const LIMIT = { timeout: 300_000, skip: !isHere }

const scriptOf = (name: string) => join(ROOT, 'ansible/roles/mirror/templates', name)

/** A shop's bucket and its mirror, each in a bucket of its own, and the two commands as a machine has them. */
async function mirrored({ ownerUrl }: TestDb) {
  const folder = mkdtempSync(join(tmpdir(), 'pix-mirror-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const prefix = `t${randomBytes(6).toString('hex')}-`
  const keys = { accessKey: TEST_S3_ACCESS_KEY, secretKey: TEST_S3_SECRET_KEY }
  const address = { endpoint: endpoint!, publicUrl: endpoint!, region: 'us-east-1' }
  const storage = s3Storage({ ...address, ...keys, bucketPrefix: prefix })
  await storage.prepare()
  const remote = (name: string) => ({
    [`RCLONE_CONFIG_${name}_TYPE`]: 's3',
    [`RCLONE_CONFIG_${name}_PROVIDER`]: 'Minio',
    [`RCLONE_CONFIG_${name}_ENDPOINT`]: endpoint!,
    [`RCLONE_CONFIG_${name}_ACCESS_KEY_ID`]: TEST_S3_ACCESS_KEY,
    [`RCLONE_CONFIG_${name}_SECRET_ACCESS_KEY`]: TEST_S3_SECRET_KEY,
  })
  // As systemd starts it: nothing else of this environment.
  const env = {
    PATH: process.env.PATH ?? '',
    ...remote('PHOTOS'),
    ...remote('KEPT'),
    RCLONE_CONFIG: '',
    RCLONE_CONFIG_PHOTOS_NO_CHECK_BUCKET: 'true',
    RCLONE_CONFIG_MIRROR_TYPE: 'crypt',
    RCLONE_CONFIG_MIRROR_REMOTE: `kept:${prefix}mirror/thepixstock`,
    RCLONE_CONFIG_MIRROR_FILENAME_ENCRYPTION: 'off',
    RCLONE_CONFIG_MIRROR_DIRECTORY_NAME_ENCRYPTION: 'false',
    MIRROR_ENV: '/dev/null',
    MIRROR_CIPHER: 'a cipher of the test',
    MIRROR_DELETED_DAYS: '28',
    MIRROR_METRICS: join(folder, 'mirror.prom'),
    MIRROR_BUCKET: `${prefix}${MAIN_BUCKET}`,
    MIRROR_ASK: `psql -XAtq -v ON_ERROR_STOP=1 ${ownerUrl}`,
  }
  const run = async (name: string, ...args: string[]) => runWith({}, name, ...args)
  const runWith = async (settings: Record<string, string>, name: string, ...args: string[]) => {
    const { exitCode, all } = await execa('sh', [scriptOf(name), ...args], {
      env: { ...env, ...settings },
      extendEnv: false,
      all: true,
      reject: false,
    })
    return { exitCode, said: all }
  }
  const rclone = async (...args: string[]) =>
    (await execa('rclone', args, { env, extendEnv: false })).stdout.split('\n').filter(Boolean)
  onTestFinished(async () => {
    for (const bucket of [`${prefix}mirror`, `${prefix}${MAIN_BUCKET}`, `${prefix}${MAIN_BUCKET}-vanishing`])
      await rclone('purge', `kept:${bucket}`)
  })
  const figure = (name: string) =>
    Number(new RegExp(`^pix_mirror_${name} (\\S+)$`, 'm').exec(readFileSync(env.MIRROR_METRICS, 'utf8'))?.[1])
  const kept = () => rclone('lsf', '-R', '--files-only', `kept:${prefix}mirror`)
  return { storage, prefix, run, runWith, rclone, kept, figure }
}

type Mirrored = Awaited<ReturnType<typeof mirrored>>

async function addPhotos({ db }: TestDb, { storage }: Mirrored, count: number) {
  const eventId = await addEvent(db)
  const made = Array.from({ length: count }, () => ({ id: newId(), bytes: randomBytes(3_000) }))
  for (const { id, bytes } of made) {
    await addPhotoRow(db, bytes, { id, eventId })
    await storage.put(MAIN_BUCKET, originalKey(eventId, id, 'jpg'), bytes, { contentType: 'image/jpeg' })
  }
  return made.map(photo => ({ ...photo, key: originalKey(eventId, photo.id, 'jpg') }))
}

test(
  `a mirror has every object encrypted, keeps what was deleted for its days, and does not follow a loss${lacking}`,
  LIMIT,
  async () => {
    await using t = await testDb()
    const m = await mirrored(t)
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 0 }) // a new shop has nothing yet
    const made = await addPhotos(t, m, 4)
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 0, said: expect.stringContaining('has 4 objects') })
    expect([m.figure('success'), m.figure('objects'), m.figure('bytes')]).toEqual([1, 4, 12_000])
    // As much as the disk that it shares may give, and no more.
    const tooMuch = await m.runWith({ MIRROR_MOST_BYTES: '11999' }, 'pix-mirror')
    expect(tooMuch).toMatchObject({ exitCode: 1, said: expect.stringContaining('mirror_s3') })
    expect(await m.runWith({ MIRROR_MOST_BYTES: '12000' }, 'pix-mirror')).toMatchObject({ exitCode: 0 })
    const [first, ...others] = made
    expect((await m.kept()).toSorted()).toEqual(made.map(({ key }) => `thepixstock/current/${key}.bin`).toSorted())

    const raw = await m.rclone('cat', `kept:${m.prefix}mirror/thepixstock/current/${first!.key}.bin`)
    expect(raw.join('\n')).toMatch(/^RCLONE/)

    await m.storage.delete(MAIN_BUCKET, first!.key)
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 0 })
    const today = new Date().toISOString().slice(0, 10)
    expect(await m.kept()).toContainEqual(expect.stringMatching(new RegExp(`/deleted/${today}/.*${first!.id}`)))
    // As it will be in 29 days.
    const [bucket, old] = [`kept:${m.prefix}mirror/thepixstock`, new Date(Date.now() - 29 * 86_400_000).toISOString()]
    await m.rclone('move', `${bucket}/deleted/${today}`, `${bucket}/deleted/${old.slice(0, 10)}`)
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 0 })
    expect((await m.kept()).join()).not.toContain(first!.id)

    await m.storage.delete(
      MAIN_BUCKET,
      others.slice(1).map(({ key }) => key),
    )
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 1, said: expect.stringContaining('not followed') })
    expect([m.figure('success'), m.figure('objects')]).toEqual([0, 3])
    expect((await m.kept()).filter(key => key.includes('/current/'))).toHaveLength(3)
    expect(await m.run('pix-mirror', '--follow')).toMatchObject({ exitCode: 0 })
    expect((await m.kept()).filter(key => key.includes('/current/'))).toHaveLength(1)
  },
)

test(
  `lost photos come back byte for byte, also where the mirror had followed, and none that was deleted since${lacking}`,
  LIMIT,
  async () => {
    await using t = await testDb()
    const m = await mirrored(t)
    // A shop of which nobody has deleted anything has no list of deletions, and its restore goes on.
    expect(await m.run('pix-restore-photos', '--deletions')).toMatchObject({ exitCode: 0 })
    const [sold, followed, takenDown, deleted] = await addPhotos(t, m, 4)
    await m.storage.put(MAIN_BUCKET, 'documents/a/b.pdf', Buffer.from('a receipt'), { contentType: 'application/pdf' })
    await m.storage.put(MAIN_BUCKET, 'deletions/a.json', Buffer.from('{}'), { contentType: 'application/json' })
    await m.run('pix-mirror')
    await m.storage.delete(MAIN_BUCKET, followed!.key)
    await m.run('pix-mirror')
    await t.db
      .update(photos)
      .set({ takenDownAt: new Date(), approval: 'rejected', rejectReason: 'taken down', decidedAt: new Date() })
      .where(eq(photos.id, takenDown!.id))
    await t.db.delete(photos).where(eq(photos.id, deleted!.id))
    const lost = await listAll(m.storage, MAIN_BUCKET, '')
    await m.storage.delete(
      MAIN_BUCKET,
      lost.map(({ key }) => key),
    )

    // Not into a bucket that is not there: the api makes it, encrypted.
    await m.rclone('purge', `kept:${m.prefix}${MAIN_BUCKET}`)
    expect((await m.run('pix-restore-photos', '--deletions')).exitCode).not.toBe(0)
    await m.storage.prepare()
    expect(await m.run('pix-restore-photos', '--deletions')).toMatchObject({ exitCode: 0 })
    expect((await listAll(m.storage, MAIN_BUCKET, '')).map(({ key }) => key)).toEqual(['deletions/a.json'])
    expect(await m.run('pix-restore-photos')).toMatchObject({
      exitCode: 0,
      said: expect.stringContaining('mirror:current: 3 of 5 objects belong to the shop'),
    })
    const back = (await listAll(m.storage, MAIN_BUCKET, '')).map(({ key }) => key)
    expect(back.toSorted()).toEqual(['deletions/a.json', 'documents/a/b.pdf', sold!.key, followed!.key].toSorted())
    for (const { key, bytes } of [sold!, followed!]) {
      expect(await readWhole(m.storage, MAIN_BUCKET, key)).toEqual(bytes)
      expect((await m.storage.head(MAIN_BUCKET, key))?.contentType).toBe('image/jpeg')
    }
    expect(await m.run('pix-mirror')).toMatchObject({ exitCode: 0 })
  },
)

test(
  `the ZIP of an order comes back as it was, and one that is older than its row is made again${lacking}`,
  LIMIT,
  async () => {
    await using t = await testDb()
    const m = await mirrored(t)
    const sessionId = await addSession(t.db)
    const [whole, changed, over, late] = await Promise.all(
      ['whole', 'changed', 'over', 'late'].map(async content => {
        const [eventId, id] = [await addEvent(t.db), newId()]
        const { photographerId } = await addPhotoRow(t.db, Buffer.from(content), { id, eventId })
        const orderId = await addPaidOrder(t.db, sessionId, [{ id, eventId, photographerId }])
        const zip = { orderId, key: zipKey(eventId, orderId), bytes: Buffer.from(`a ZIP, ${content}`) }
        await store(zip)
        return zip
      }),
    )
    async function store({ orderId, key, bytes }: { orderId: string; key: string; bytes: Buffer }) {
      await m.storage.put(MAIN_BUCKET, key, bytes, { contentType: 'application/zip' })
      await t.db
        .update(orderArchives)
        .set({ state: 'ready', bytes: bytes.length })
        .where(eq(orderArchives.orderId, orderId))
    }
    const row = async ({ orderId }: { orderId: string }) =>
      (await t.db.select().from(orderArchives).where(eq(orderArchives.orderId, orderId)))[0]!
    await m.storage.delete(MAIN_BUCKET, late!.key)
    await m.run('pix-mirror')

    // Since then: made again without a photo that was taken down, over, and made for the first time.
    await store({ ...changed!, bytes: Buffer.from('a ZIP') })
    await t.db.update(orderArchives).set({ state: 'expired' }).where(eq(orderArchives.orderId, over!.orderId))
    await store(late!)
    const lost = await listAll(m.storage, MAIN_BUCKET, '')
    await m.storage.delete(
      MAIN_BUCKET,
      lost.map(({ key }) => key),
    )

    const { exitCode, said } = await m.run('pix-restore-photos')
    expect([exitCode, said]).toEqual([0, expect.stringContaining('2 ZIPs are made again from their photos')])
    expect((await listAll(m.storage, MAIN_BUCKET, '')).map(({ key }) => key)).toEqual([whole!.key])
    expect(await readWhole(m.storage, MAIN_BUCKET, whole!.key)).toEqual(whole!.bytes)
    expect((await m.storage.head(MAIN_BUCKET, whole!.key))?.contentType).toBe('application/zip')
    expect(await row(whole!)).toMatchObject({ state: 'ready', bytes: whole!.bytes.length })
    for (const zip of [changed!, late!]) expect(await row(zip)).toMatchObject({ state: 'queued', bytes: null })
    expect(await row(over!)).toMatchObject({ state: 'expired' })
  },
)
