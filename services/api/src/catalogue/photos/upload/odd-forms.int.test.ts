import { connect } from 'node:net'
import { begunUploads, photos } from '@pix/db/schema/photos.ts'
import { createLog } from '@pix/platform/log.ts'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../testing/images.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { originals, scene } from './upload-testing.ts'

type Part = [header: string, value: Buffer | string]
const field = (name: string, value: string): Part => [`name="${name}"`, value]
const file = (value: Buffer, fileName = 'a.jpg'): Part => [`name="photo"; filename="${fileName}"`, value]
const END = '--b--\r\n'

const encode = (parts: Part[], end = END) =>
  Buffer.concat([
    ...parts.map(([header, value]) =>
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; ${header}\r\n\r\n`),
        Buffer.from(value),
        Buffer.from('\r\n'),
      ]),
    ),
    Buffer.from(end),
  ])

const post = (t: TestApp, route: 'upload' | 'batch-upload', payload: Buffer, headers: Record<string, string>) =>
  t.app.inject({
    method: 'POST',
    url: `/api/photos/${route}`,
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' },
    payload,
  })

function keptLog() {
  const lines: { level: number; msg: string }[] = []
  const sink = new Writable({
    write(line: Buffer, _, done) {
      lines.push(JSON.parse(line.toString()) as (typeof lines)[number])
      done()
    },
  })
  return {
    log: createLog('api', { level: 'info', pretty: false }, sink),
    errors: () => lines.filter(line => line.level >= 50),
  }
}

async function nothingLeft(t: TestApp) {
  expect(await originals(t)).toEqual([])
  expect(await t.db.select().from(photos)).toEqual([])
  expect(await t.db.select().from(begunUploads)).toEqual([])
}

test('a form that is not one file behind its event stores nothing, however good its file is', async () => {
  const { log, errors } = keptLog()
  await using t = await testApp({ log })
  const { event, photographer } = await scene(t)
  const [good, other] = [await testJpeg(1), await testJpeg(2)]
  const id = field('eventId', event.id)
  const foreign = Array.from({ length: 12 }, (_, i) => field(`x${i}`, '1'))
  const forms: [what: string, status: number, code: string, form: Buffer][] = [
    ['two files', 422, 'too_many_files', encode([id, file(good), file(other)])],
    ['the same file twice', 422, 'too_many_files', encode([id, file(good), file(good)])],
    ['foreign fields before the file', 400, 'malformed_request', encode([id, ...foreign, file(good)])],
    ['foreign fields behind the file', 400, 'malformed_request', encode([id, file(good), ...foreign])],
    ['cut before the last boundary', 400, 'malformed_request', encode([id, file(good)], '')],
    ['cut within the last boundary', 400, 'malformed_request', encode([id, file(good)], '--')],
    ['cut within the file', 400, 'malformed_request', encode([id, file(good)]).subarray(0, -(good.length >> 1))],
    ['cut in a field behind the file', 400, 'malformed_request', encode([id, file(good), field('x', '1')], '')],
    ['a field with a name of the language', 400, 'malformed_request', encode([id, file(good), field('toString', '1')])],
    ['an event that is none behind the file', 404, 'not_found', encode([id, file(good), field('eventId', 'x')])],
    ['no part at all', 422, 'no_file', encode([])],
  ]
  for (const [what, status, code, form] of forms) {
    const answer = await post(t, 'upload', form, photographer.headers)
    expect([what, answer.statusCode, answer.json().code]).toEqual([what, status, code])
  }
  await nothingLeft(t)
  expect(errors()).toEqual([])
  expect((await post(t, 'upload', encode([id, field('x', '1'), file(good)]), photographer.headers)).statusCode).toBe(
    202,
  )
})

test('a batch whose form breaks off reports the outcomes of the files before', async () => {
  const { log, errors } = keptLog()
  await using t = await testApp({ log })
  const { event, photographer } = await scene(t)
  const id = field('eventId', event.id)
  const files = [
    file(await testJpeg(1), '1.jpg'),
    file(Buffer.from('no photo'), '2.jpg'),
    file(await testJpeg(3), '3.jpg'),
  ]

  const answer = await post(t, 'batch-upload', encode([id, ...files], ''), photographer.headers)

  expect(answer.statusCode).toBe(202)
  const { items, complete } = answer.json()
  expect(complete).toBe(false)
  expect(items).toMatchObject([
    { fileName: '1.jpg', outcome: 'stored', code: null },
    { fileName: '2.jpg', outcome: 'refused', code: 'not_an_image' },
    { fileName: '3.jpg', outcome: 'refused', code: 'malformed_request' },
  ])
  expect(await originals(t)).toHaveLength(1)
  expect(await t.db.select().from(begunUploads)).toEqual([])
  expect(errors()).toEqual([])
})

test('a batch whose form breaks off before a file was stored is refused whole', async () => {
  await using t = await testApp()
  const { event, photographer } = await scene(t)
  const form = encode([field('eventId', event.id), file(await testJpeg(1))], '')
  const answer = await post(t, 'batch-upload', form, photographer.headers)
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'malformed_request'])
  await nothingLeft(t)
})

test('a sender that goes away leaves nothing behind and no line of an error', async () => {
  const { log, errors } = keptLog()
  await using t = await testApp({ log })
  const { event, photographer } = await scene(t)
  const { port } = new URL(await t.listen())
  const form = encode([field('eventId', event.id), file(Buffer.concat([await testJpeg(1)], 900_000))])
  for (const [route, sent] of [
    ['upload', 400_000],
    ['upload', 2_000],
    ['batch-upload', 400_000],
  ] as const) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /api/photos/${route} HTTP/1.1\r\nHost: x\r\nAuthorization: ${photographer.headers.authorization}\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${form.length}\r\n\r\n`,
    )
    socket.write(form.subarray(0, sent))
    await expect.poll(() => t.db.$count(begunUploads)).toBe(sent > 300_000 ? 1 : 0)
    socket.destroy()
    await expect.poll(() => t.db.$count(begunUploads)).toBe(0)
  }
  // The server is done with a request once it has let go of its connection.
  await expect.poll(() => new Promise(resolve => t.app.server.getConnections((_, count) => resolve(count)))).toBe(0)
  await nothingLeft(t)
  expect(errors()).toEqual([])
})
