import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { begunUploads, photos } from '@pix/db/schema/photos.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../testing/images.ts'
import { sharedFile, sharedRows } from '../../../testing/shared.ts'
import { testApp } from '../../../testing/test-app.ts'
import { form, originals, scene, send, upload } from './upload-testing.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('an uploaded original is stored byte for byte under its id, queued, and known by its SHA-256', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const bytes = await testJpeg(1)

  const answer = await upload(t, form(event.id, [{ name: 'นักวิ่ง 001.JPG', bytes }]), photographer.headers)

  expect(answer.statusCode).toBe(202)
  const { photoId } = answer.json()
  expect(answer.json()).toEqual({
    fileName: 'นักวิ่ง 001.JPG',
    outcome: 'stored',
    photoId,
    sha256: sha256(bytes),
    code: null,
  })
  expect(await readWhole(t.storage, MAIN_BUCKET, `events/${event.id}/originals/${photoId}.jpg`)).toEqual(bytes)
  const [row] = await t.db.select().from(photos)
  expect(row).toMatchObject({ id: photoId, state: 'queued', approval: 'pending', bytes: bytes.length, format: 'jpg' })
  expect(await t.db.select().from(begunUploads)).toEqual([])
})

test('the same bytes sent ten times at once are stored once', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const bytes = await testJpeg(2)

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      upload(t, form(event.id, [{ name: `${i}.jpg`, bytes }]), photographer.headers),
    ),
  )

  expect(answers.map(answer => answer.statusCode).sort()).toEqual([...Array<number>(9).fill(200), 202])
  expect(new Set(answers.map(answer => answer.json().photoId)).size).toBe(1)
  expect(await t.db.select().from(photos)).toHaveLength(1)
  expect(await originals(t)).toHaveLength(1)
})

test('the same photo in two events is two photos', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const other = await t.event({ status: 'open' })
  await t.invite(other.id, photographer.id)
  const file = { name: 'a.jpg', bytes: await testJpeg(3) }
  for (const { id } of [event, other]) {
    expect((await upload(t, form(id, [file]), photographer.headers)).statusCode).toBe(202)
  }
})

test('a batch answers for every file by itself', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const good = await testJpeg(4)

  const answer = await send(
    t,
    '/api/photos/batch-upload',
    form(event.id, [
      { name: 'good.jpg', bytes: good },
      { name: 'empty.jpg', bytes: Buffer.alloc(0) },
      { name: 'page.jpg', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
      { name: 'again.png', bytes: good },
      { name: '../../etc/passwd', bytes: await testJpeg(5) },
    ]),
    photographer.headers,
  )

  expect(answer.statusCode).toBe(202)
  const items: { fileName: string; outcome: string; code: string | null }[] = answer.json().items
  expect(items.map(({ fileName, outcome, code }) => [fileName, outcome, code])).toEqual([
    ['good.jpg', 'stored', null],
    ['empty.jpg', 'refused', 'empty_file'],
    ['page.jpg', 'refused', 'not_an_image'],
    ['again.png', 'duplicate', null],
    ['passwd', 'stored', null],
  ])
  expect(await originals(t)).toHaveLength(2)
})

test('of a batch every file has its outcome: the 51st is refused, the 50 before it are not', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const files: Parameters<typeof form>[1] = Array.from({ length: 49 }, (_, i) => ({
    name: `${i}.jpg`,
    bytes: Buffer.from('not one'),
  }))
  for (const name of ['50th.jpg', '51st.jpg']) files.push({ name, bytes: await testJpeg(files.length) })

  const answer = await send(t, '/api/photos/batch-upload', form(event.id, files), photographer.headers)

  expect(answer.statusCode).toBe(202)
  expect(answer.json().items).toHaveLength(51)
  expect(answer.json().items.slice(-2)).toMatchObject([
    { fileName: '50th.jpg', outcome: 'stored', code: null },
    { fileName: '51st.jpg', outcome: 'refused', photoId: null, code: 'too_many_files' },
  ])
  expect(await originals(t)).toHaveLength(1)

  const far = Array.from({ length: 101 }, (_, i) => ({ name: `${i}.jpg`, bytes: Buffer.from('not one') }))
  const refused = await send(t, '/api/photos/batch-upload', form(event.id, far), photographer.headers)
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'too_many_files'])
})

test('a single upload names what is wrong with it', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const code = async (data: FormData) => (await upload(t, data, photographer.headers)).json().code

  expect(await code(form(event.id, [{ name: 'a.jpg', bytes: Buffer.alloc(0) }]))).toBe('empty_file')
  expect(await code(form(event.id, [{ name: 'a.jpg', bytes: Buffer.from('hello world, no photo') }]))).toBe(
    'not_an_image',
  )
  expect(await code(form(event.id, [{ name: 'a.jpg', bytes: await testJpeg(1, { width: 7, height: 6 }) }]))).toBe(
    'image_too_small',
  )
  expect(await code(form(event.id, []))).toBe('no_file')
  expect(await code(form(null, [{ name: 'a.jpg', bytes: await testJpeg(6) }]))).toBe('invalid_request')
  const json = { method: 'POST', url: '/api/photos/upload', headers: photographer.headers, payload: {} } as const
  expect((await t.app.inject(json)).json().code).toBe('unsupported_media_type')
  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
})

test('only invited photographers and admins upload, and only while the event takes uploads', async () => {
  await using t = await testApp()
  const { event } = await scene(t)
  const stranger = await t.user('photographer')
  const admin = await t.user('admin')
  const closed = await t.event({ status: 'closed' })
  const file = { name: 'a.jpg', bytes: await testJpeg(7) }
  const status = async (id: string, headers: Record<string, string>) =>
    (await upload(t, form(id, [file]), headers)).statusCode

  expect(await status(event.id, {})).toBe(401)
  expect(await status(event.id, (await t.user('customer')).headers)).toBe(403)
  expect(await status(event.id, stranger.headers)).toBe(404)
  expect(await status(closed.id, admin.headers)).toBe(409)
  expect(await status(event.id, admin.headers)).toBe(202)
})

test('240 MB is refused with 413, leaves nothing behind and does not fill memory', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const origin = await t.listen()
  const head = await testJpeg(8)
  const total = 240_000_000
  const boundary = 'XXpixXX'
  const start = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="eventId"\r\n\r\n${event.id}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="big.jpg"\r\n\r\n`,
  )
  const chunk = Buffer.alloc(1_000_000, 7)
  let peak = 0
  async function* body() {
    yield start
    yield head
    for (let sent = 0; sent < total; sent += chunk.length) {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers)
      yield chunk
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  const before = process.memoryUsage().arrayBuffers

  const sending = request(`${origin}/api/photos/upload`, {
    method: 'POST',
    headers: { ...photographer.headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  // The connection may end before everything is sent: what counts is that the answer arrives.
  const sent = pipeline(Readable.from(body(), { highWaterMark: 1 }), sending).catch(() => undefined)
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]

  expect(answer.statusCode).toBe(413)
  expect(((await json(answer)) as { code: string }).code).toBe('file_too_large')
  await sent
  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
  expect(peak - before).toBeLessThan(120_000_000)
})

test('an upload broken off half way leaves nothing behind', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const { port } = new URL(await t.listen())
  const socket = connect(Number(port), '127.0.0.1')
  const head = await testJpeg(9)
  socket.write(
    `POST /api/photos/upload HTTP/1.1\r\nHost: x\r\nAuthorization: ${photographer.headers.authorization}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n' +
      `--b\r\nContent-Disposition: form-data; name="eventId"\r\n\r\n${event.id}\r\n` +
      '--b\r\nContent-Disposition: form-data; name="photo"; filename="half.jpg"\r\n\r\n',
  )
  socket.write(head)
  for (let i = 0; i < 7; i++) socket.write(Buffer.alloc(1_000_000, i))
  await new Promise(resolve => socket.write(Buffer.alloc(1_000_000, 7), resolve))
  const begun = () => t.db.$count(begunUploads)
  await expect.poll(begun).toBe(1)
  socket.destroy()
  await expect.poll(begun).toBe(0) // the last thing to go

  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
  expect((await t.app.inject({ url: '/api/healthz' })).statusCode).toBe(200)
})

test('an upload that the sweep gave up in the meantime becomes no photo', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const data = form(event.id, [{ name: 'slow.jpg', bytes: Buffer.concat([await testJpeg(10), Buffer.alloc(400_000)]) }])
  const encoded = new Request('http://test', { method: 'POST', body: data })
  const bytes = Buffer.from(await encoded.arrayBuffer())
  const body = async function* slowly() {
    yield bytes.subarray(0, -100)
    await expect.poll(async () => (await t.db.update(begunUploads).set({ abandoned: true })).rowCount).toBe(1)
    yield bytes.subarray(-100)
  }

  const answer = await fetch(`${await t.listen()}/api/photos/upload`, {
    method: 'POST',
    headers: { ...photographer.headers, 'content-type': encoded.headers.get('content-type')! },
    body: body(),
    duplex: 'half',
  } as unknown as RequestInit)

  expect(answer.status).toBe(500)
  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
})

const manifest = sharedFile('data/robust/manifest.csv')

test.skipIf(manifest === null)(
  'odd, broken and hostile files are accepted or refused as their manifest says',
  async () => {
    await using t = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '100000' } })
    const { event, photographer } = await scene(t)
    const rows = sharedRows(manifest!)
    const wrong: string[] = []
    for (const { file: name = '', expected = '' } of rows) {
      const bytes = readFileSync(sharedFile(`data/robust/${name}`)!)
      const answer = await upload(t, form(event.id, [{ name, bytes }]), photographer.headers)
      const stored = answer.statusCode === 202 || answer.statusCode === 200
      // What only a full decode shows is the worker's to refuse.
      const mustRefuse = /^reject \((type|content|too small|pixel limit)/.test(expected)
      if (answer.statusCode >= 500 || (mustRefuse && stored)) wrong.push(`${name}: ${answer.body}`)
      if (/^accept(,|$)/.test(expected) && !stored) wrong.push(`${name}: ${answer.body}`)
    }

    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(60)
  },
)
