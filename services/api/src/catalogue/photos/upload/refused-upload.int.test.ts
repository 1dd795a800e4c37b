import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { begunUploads, photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { listAll, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { testJpeg, testPng } from '../../../testing/images.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { originals, scene } from './upload-testing.ts'

const MEGABYTE = 1_000_000

/** Files that are refused, by what shows it: the first bytes, the header, the end. */
const REFUSED: [what: string, code: string, bytes: () => Promise<Buffer> | Buffer][] = [
  ['a PDF of 900 KB', 'not_an_image', () => padded('%PDF-1.7 ', 0.9 * MEGABYTE)],
  ['a film of 20 MB', 'not_an_image', () => padded('\0\0\0\x18ftypmp42\0\0\0\0isommp42', 20 * MEGABYTE)],
  ['3 MB of noise', 'not_an_image', () => noise(3 * MEGABYTE)],
  ['a raw file of 2 MB', 'raw_file', () => padded('FUJIFILMCCD-RAW 0201', 2 * MEGABYTE)],
  ['a picture of giant dimensions in 8 MB', 'image_too_large', async () => giant(await testJpeg(1), 8 * MEGABYTE)],
  ['a file longer than allowed', 'file_too_large', async () => padded(await testJpeg(2), 30 * MEGABYTE)],
  ['a file of 260 KB', 'not_an_image', () => noise(260_000)],
  ['a small file', 'not_an_image', () => Buffer.from('hello world, no photo')],
]

const padded = (start: string | Buffer, length: number) =>
  Buffer.concat([typeof start === 'string' ? Buffer.from(start, 'latin1') : start], length)

const noise = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 7919) % 251))

/** The same JPEG whose frame claims 65,500 × 65,500 pixels. */
function giant(jpeg: Buffer, length: number): Buffer {
  const bytes = padded(jpeg, length)
  const frame = bytes.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(bytes[i + 1]!))
  bytes.writeUInt16BE(65_500, frame + 5)
  bytes.writeUInt16BE(65_500, frame + 7)
  return bytes
}

type Part = [name: string, value: string | Buffer]
const BOUNDARY = 'XXpixXX'

const encode = (parts: Part[]) =>
  Buffer.concat([
    ...parts.flatMap(([name, value]) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${typeof value === 'string' ? '' : '; filename="a.jpg"'}\r\n\r\n`,
      ),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])

/** Sends over a connection of the agent as a client does that listens while it writes. @returns when the answer came, too */
async function post(agent: Agent, url: string, body: Buffer, headers: Record<string, string>) {
  const began = performance.now()
  const sending = request(url, {
    agent,
    method: 'POST',
    headers: {
      ...headers,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': body.length,
    },
  })
  // The connection may be closed behind the answer while we still write.
  sending.on('error', () => undefined)
  sending.end(body)
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  const ms = performance.now() - began
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) as { code: string; items?: object[] }, ms }
}

/** One connection at a time: every answer shows that the one before left it usable or closed it. */
const oneConnection = () => new Agent({ keepAlive: true, maxSockets: 1 })

async function nothingLeft(t: TestApp) {
  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
  expect(await t.db.select().from(begunUploads)).toEqual([])
}

const settings = { UPLOAD_MAX_BYTES: String(20 * MEGABYTE), SELFIE_MAX_BYTES: String(15 * MEGABYTE) }

test('a refused upload is answered whatever its size and moment, leaves nothing, and its sender goes on', async () => {
  await using t = await testApp({ settings })
  const { event, photographer } = await scene(t)
  const url = `${await t.listen()}/api/photos/upload`
  const agent = oneConnection()
  for (const [what, code, bytes] of REFUSED) {
    const body = encode([
      ['eventId', event.id],
      ['photo', await bytes()],
    ])
    const answer = await post(agent, url, body, photographer.headers)
    expect([what, answer.body.code]).toEqual([what, code])
  }
  await nothingLeft(t)

  const good = encode([
    ['eventId', event.id],
    ['photo', await testJpeg(3)],
  ])
  expect((await post(agent, url, good, photographer.headers)).status).toBe(202)
  agent.destroy()
})

test('the refused files of a batch do not keep the others from being stored', async () => {
  await using t = await testApp({ settings })
  const { event, photographer } = await scene(t)
  const url = `${await t.listen()}/api/photos/batch-upload`
  const agent = oneConnection()
  const files: Part[] = [['photo', await testJpeg(4)]]
  for (const [, , bytes] of REFUSED) files.push(['photo', await bytes()])
  files.push(['photo', await testJpeg(5)])

  const answer = await post(agent, url, encode([['eventId', event.id], ...files]), photographer.headers)

  expect(answer.status).toBe(202)
  const codes = REFUSED.map(([, code]) => ({ outcome: 'refused', code }))
  const stored = { outcome: 'stored', code: null }
  expect(answer.body).toMatchObject({ items: [stored, ...codes, stored], complete: true })
  expect(await originals(t)).toHaveLength(2)
  expect(await t.db.select().from(begunUploads)).toEqual([])
  agent.destroy()
})

test('a refused selfie is answered whatever its size and moment, leaves nothing, and its sender goes on', async () => {
  await using t = await testApp({ settings })
  const [visitor, event] = [await t.visitor(), await t.event()]
  const url = `${await t.listen()}/api/face/search`
  const agent = oneConnection()
  const send = (selfie: Buffer) => {
    const fields: Part[] = [
      ['eventId', event.id],
      ['consent', FACE_SEARCH_CONSENT.th],
      ['selfie', selfie],
    ]
    return post(agent, url, encode(fields), visitor.headers)
  }
  for (const [what, code, bytes] of REFUSED) {
    const expected = code.endsWith('_too_large') ? code : 'not_an_image'
    expect([what, (await send(await bytes())).body.code]).toEqual([what, expected])
  }
  expect(await listAll(t.storage, VANISHING_BUCKET, 'faces/searches/')).toEqual([])
  expect(await t.db.select().from(searches)).toEqual([])
  expect((await send(await testJpeg(6))).status).toBe(202)
  agent.destroy()
})

test('the answer to a refused upload does not wait for the rest of the file', async () => {
  await using t = await testApp({ settings })
  const { event, photographer } = await scene(t)
  const sending = request(`${await t.listen()}/api/photos/upload`, {
    method: 'POST',
    headers: {
      ...photographer.headers,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': 19 * MEGABYTE,
    },
  })
  const whole = encode([
    ['eventId', event.id],
    ['photo', noise(MEGABYTE)],
  ])
  sending.write(whole.subarray(0, 900_000))
  // The rest is never sent: only an answer that does not wait for it comes.
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(415)
  sending.destroy()
  await nothingLeft(t)
})

test('a file of 190 KB with 200 MB of deflated text is taken by its header alone, whatever stands in its text', async () => {
  await using t = await testApp({ settings: { ...settings, UPLOAD_MAX_PIXELS: '1000000' } })
  const { event, photographer } = await scene(t)
  const url = `${await t.listen()}/api/photos/upload`
  const agent = oneConnection()
  const send = (png: Buffer) =>
    post(
      agent,
      url,
      encode([
        ['eventId', event.id],
        ['photo', png],
      ]),
      photographer.headers,
    )
  const bomb = testPng({ width: 64, height: 48, deflatedText: 200 * MEGABYTE })
  expect(bomb.length).toBeLessThan(250_000)

  const memoryBefore = process.memoryUsage().rss
  const before = process.cpuUsage()
  expect((await send(bomb)).status).toBe(202)
  const { user, system } = process.cpuUsage(before)

  expect(user + system).toBeLessThan(1_000_000)
  expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100 * MEGABYTE)
  expect((await send(testPng({ width: 1001, height: 1000 }))).body.code).toBe('image_too_large')
  expect((await send(testPng({ width: 1_000_000_000, height: 2_000_000_000 }))).body.code).toBe('image_too_large')
  agent.destroy()
})
