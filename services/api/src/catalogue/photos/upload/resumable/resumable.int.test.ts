import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { begunUploads, photos, resumableUploads } from '@pix/db/schema/photos.ts'
import { events } from '@pix/db/schema/events.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { buildApp } from '../../../../app.ts'
import { testJpeg } from '../../../../testing/images.ts'
import { testApp } from '../../../../testing/test-app.ts'
import { form, originals, scene, upload } from '../upload-testing.ts'
import { outcomeOf, piecesIn, tusClient } from './tus-testing.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
/** A picture with so many bytes behind it. */
const padded = async (seed: number, padding: number) =>
  Buffer.concat([await testJpeg(seed, { width: 800, height: 600 }), Buffer.alloc(padding, seed)])

test('a file that comes in pieces is the photo that it would be in one, byte for byte, and leaves nothing else', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await padded(1, 9_000_000)
  const url = await client.begin(event.id, 'นักวิ่ง/../001.JPG', bytes.length)

  const first = await client.append(url, 0, bytes.subarray(0, 6_000_000))
  expect([first.statusCode, first.headers['upload-offset']]).toEqual([204, '6000000'])
  expect((await client.head(url)).headers).toMatchObject({
    'upload-offset': '6000000',
    'upload-length': String(bytes.length),
    'cache-control': 'no-store',
  })
  const last = await client.append(url, 6_000_000, bytes.subarray(6_000_000))

  expect([last.statusCode, last.headers['upload-offset']]).toEqual([204, String(bytes.length)])
  const { photoId } = outcomeOf(last)
  expect(outcomeOf(last)).toEqual({ outcome: 'stored', photoId, sha256: sha256(bytes) })
  const original = await readWhole(t.storage, MAIN_BUCKET, `events/${event.id}/originals/${photoId}.jpg`)
  expect(original?.equals(bytes)).toBe(true)
  expect(await t.db.select().from(photos)).toMatchObject([
    { id: photoId, fileName: '001.JPG', bytes: bytes.length, state: 'queued', photographerId: photographer.id },
  ])
  expect(await t.db.select().from(begunUploads)).toEqual([])
  expect(await piecesIn(t)).toEqual([])
  // A client that lost the answer gets it again.
  expect(outcomeOf(await client.head(url))).toEqual({ outcome: 'stored', photoId, sha256: sha256(bytes) })
  expect(outcomeOf(await client.append(url, bytes.length, Buffer.alloc(0)))).toMatchObject({ photoId })
  expect(Object.keys(last.headers).filter(name => name.startsWith('access-control-'))).toEqual([])
})

test('first bytes come with the creation; a photo that is there is a duplicate', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await testJpeg(2)
  const stored = await client.create(event.id, 'a.jpg', bytes.length, bytes)
  expect([stored.statusCode, outcomeOf(stored).outcome]).toEqual([201, 'stored'])
  const again = await client.create(event.id, 'b.jpg', bytes.length, bytes)
  expect(outcomeOf(again)).toEqual({ ...outcomeOf(stored), outcome: 'duplicate' })
  expect(await originals(t)).toHaveLength(1)
})

test('another process carries on; what a line brought before it broke is kept', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await padded(3, 7_000_000)
  const url = await client.begin(event.id, 'a.jpg', bytes.length)
  const { port } = new URL(await t.listen())
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    `PATCH ${url} HTTP/1.1\r\nHost: x\r\nAuthorization: ${photographer.headers.authorization}\r\n` +
      'Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n' +
      `Content-Length: ${bytes.length}\r\n\r\n`,
  )
  await new Promise(resolve => socket.write(bytes.subarray(0, 5_000_000), resolve))
  const offset = async () => Number((await client.head(url)).headers['upload-offset'])
  await expect.poll(offset).toBeGreaterThan(4_000_000)
  socket.destroy()
  await expect.poll(offset).toBe(5_000_000)

  const other = await buildApp(t.deps)
  await other.ready()
  const last = await tusClient({ ...t, app: other }, photographer).append(url, 5_000_000, bytes.subarray(5_000_000))
  await other.close()

  expect(outcomeOf(last)).toMatchObject({ outcome: 'stored', sha256: sha256(bytes) })
  expect(await piecesIn(t)).toEqual([])
})

test('of requests that send the same bytes at once one counts, and the photo is stored once', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await padded(4, 100_000)
  const url = await client.begin(event.id, 'a.jpg', bytes.length)
  const half = Math.floor(bytes.length / 2)
  const firsts = await Promise.all(Array.from({ length: 5 }, () => client.append(url, 0, bytes.subarray(0, half))))
  expect(firsts.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409, 409, 409, 409])
  const lasts = await Promise.all(Array.from({ length: 5 }, () => client.append(url, half, bytes.subarray(half))))
  expect(lasts.some(({ statusCode }) => statusCode === 204)).toBe(true)
  expect(lasts.map(({ statusCode }) => statusCode).filter(status => status !== 204 && status !== 409)).toEqual([])
  expect(outcomeOf(await client.head(url)).sha256).toBe(sha256(bytes))
  expect(await t.db.$count(photos)).toBe(1)
  expect(await originals(t)).toHaveLength(1)
})

test('what a form is refused for, an upload in pieces is refused for by the same code, and nothing of it stays', async () => {
  await using t = await testApp({ settings: { UPLOAD_MIN_SIDE: '600' } })
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const files = {
    'page.jpg': Buffer.from('<html>not a picture</html>'),
    'raw.cr3': Buffer.concat([Buffer.from('\0\0\0\x18ftypcrx ', 'latin1'), Buffer.alloc(400_000)]),
    'small.jpg': await testJpeg(5),
    'empty.jpg': Buffer.alloc(0),
  }
  for (const [name, bytes] of Object.entries(files)) {
    const byForm = (await upload(t, form(event.id, [{ name, bytes }]), photographer.headers)).json()
    const created = await client.create(event.id, name, bytes.length)
    const location = String(created.headers.location)
    const inPieces = created.statusCode === 201 ? await client.append(location, 0, bytes) : created
    expect([inPieces.statusCode, inPieces.json().code]).toEqual([byForm.status, byForm.code])
  }
  const tooLarge = await client.create(event.id, 'large.jpg', t.deps.settings.UPLOAD_MAX_BYTES + 1)
  expect([tooLarge.statusCode, tooLarge.json().code]).toEqual([413, 'file_too_large'])
  expect(await t.db.$count(resumableUploads)).toBe(0)
  expect(await t.db.$count(begunUploads)).toBe(0)
  expect([...(await piecesIn(t)), ...(await originals(t))]).toEqual([])
})

test('a raw file is refused by its first bytes, before the rest has come', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const url = await client.begin(event.id, 'raw.raf', 40_000_000)
  const head = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW'), Buffer.alloc(300_000)])
  const answer = await client.append(url, 0, head)
  expect([answer.statusCode, answer.json().code]).toEqual([415, 'raw_file'])
  expect((await client.head(url)).statusCode).toBe(404)
})

test('rights and the state of the event are asked for at every request, and an upload is its sender’s alone', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await testJpeg(6)
  const url = await client.begin(event.id, 'a.jpg', bytes.length)
  const another = await t.user('photographer')
  await t.invite(event.id, another.id)
  const stranger = tusClient(t, another)
  for (const answer of [await stranger.head(url), await stranger.append(url, 0, bytes), await stranger.end(url)])
    expect(answer.statusCode).toBe(404)
  expect((await tusClient(t, await t.user('photographer')).create(event.id, 'a.jpg', 9)).statusCode).toBe(404)

  await t.db.update(events).set({ status: 'closed' }).where(eq(events.id, event.id))
  const closed = await client.append(url, 0, bytes)
  expect([closed.statusCode, closed.json().code]).toEqual([409, 'uploads_closed'])
  expect(await t.db.$count(photos)).toBe(0)
  expect((await client.end(url)).statusCode).toBe(204)
  expect(await t.db.$count(resumableUploads)).toBe(0)
})

test('requests that are no tus, and uploads that nobody knows, are refused as problems', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await testJpeg(7)
  const url = await client.begin(event.id, 'a.jpg', bytes.length)
  const plain = await t.app.inject({ method: 'POST', url: '/api/uploads', headers: photographer.headers })
  const wrong = [
    [plain, 412, 'tus_version'],
    [await client.append(url, 5, bytes), 409, 'upload_moved_on'],
    [await client.append(`/api/uploads/${t.deps.newId()}`, 0, bytes), 404, 'not_found'],
    [await client.create('no id', 'a.jpg', 9), 404, 'not_found'],
    [await client.append(url, 0, Buffer.concat([bytes, bytes])), 413, 'file_too_large'],
  ] as const
  for (const [answer, status, code] of wrong) expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect((await t.app.inject({ url, headers: photographer.headers })).statusCode).toBe(405)
})

test('an upload in a thousand crumbs is given up, and nothing of it stays', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await testJpeg(9)
  const url = await client.begin(event.id, 'a.jpg', bytes.length)
  await client.append(url, 0, bytes.subarray(0, 1))
  const crumbs = sql`array_fill('upload-pieces/none'::text, array[999])`
  await t.db.update(resumableUploads).set({ pieces: sql`pieces || ${crumbs}` })
  expect((await client.append(url, 1, bytes.subarray(1, 2))).statusCode).toBe(404)
  expect(await t.db.$count(resumableUploads)).toBe(0)
  expect(await piecesIn(t)).toEqual([])
})

test('half files of one person are bounded, also when many are begun at once, and their time ends', async () => {
  await using t = await testApp({ settings: { LIMIT_UNFINISHED_UPLOADS: '2' } })
  const { event, photographer } = await scene(t)
  const client = tusClient(t, photographer)
  const bytes = await testJpeg(8)
  const begun = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map(name => client.create(event.id, `${name}.jpg`, bytes.length)),
  )
  expect(begun.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 429, 429, 429, 429])
  const url = String(begun.find(({ statusCode }) => statusCode === 201)?.headers.location)
  expect(outcomeOf(await client.append(url, 0, bytes)).outcome).toBe('stored')
  const late = await client.begin(event.id, 'c.jpg', bytes.length)
  await t.db.update(resumableUploads).set({ createdAt: new Date(Date.now() - 22 * 3_600_000) })
  for (const over of [url, late]) expect((await client.head(over)).statusCode).toBe(404)
  expect((await client.append(late, 0, bytes)).statusCode).toBe(404)
})
