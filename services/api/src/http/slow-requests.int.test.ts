import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { begunUploads } from '@pix/db/schema/photos.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../testing/images.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'

const IMPATIENT = { BODY_PATIENCE_SECONDS: '1', HEADERS_SECONDS: '1', BODY_LEAST_RATE: '10000' }

const portOf = async (t: TestApp) => Number(new URL(await t.listen()).port)

/** Says the first words of a request and gives its answer once the other side has closed. */
function begin(port: number, words: string | Buffer): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  const pieces: Buffer[] = []
  socket.on('data', piece => pieces.push(piece)).on('error', () => undefined)
  socket.write(words)
  const answer = once(socket, 'end').then(() => {
    socket.end()
    return Buffer.concat(pieces).toString()
  })
  return { socket, answer }
}

const postOf = (path: string, length: number, type: string, token = '') =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n` +
  (token === '' ? '\r\n' : `Authorization: Bearer ${token}\r\n\r\n`)

/** Status, content type and code of an answer as it came over the wire. */
const factsOf = (answer: string) => [
  /^HTTP\/1\.1 (\d+) /.exec(answer)?.[1],
  /^content-type: ([\w/+]+)/im.exec(answer)?.[1],
  /"code":"(\w+)"/.exec(answer)?.[1],
]
const TOO_SLOW = ['408', 'application/problem+json', 'request_too_slow']

test('the least rate and the patience are settings, kind enough for a phone in a crowd', async () => {
  await using t = await testApp()
  const { BODY_LEAST_RATE, BODY_PATIENCE_SECONDS, HEADERS_SECONDS } = t.deps.settings
  expect([BODY_LEAST_RATE, BODY_PATIENCE_SECONDS, HEADERS_SECONDS]).toEqual([2_000, 20, 20])
})

test('a body that does not come is ended with 408: JSON, a form, and a webhook', async () => {
  await using t = await testApp({ settings: IMPATIENT })
  const port = await portOf(t)
  const { token } = await t.user('photographer')
  const requests = [
    postOf('/api/auth/login', 100, 'application/json') + '{"em',
    postOf('/api/photos/upload', 9_000, 'multipart/form-data; boundary=b', token) + '--b\r\nContent-Dis',
    postOf('/api/payment/webhook', 100, 'application/json') + '{"em',
  ]
  const answers = await Promise.all(requests.map(words => begin(port, words).answer))
  expect(answers.map(factsOf)).toEqual(answers.map(() => TOO_SLOW))
})

test('a body that drips is ended, and what it had brought is not kept', async () => {
  await using t = await testApp({ settings: IMPATIENT })
  const port = await portOf(t)
  const photographer = await t.user('photographer')
  const event = await t.event({ status: 'open' })
  await t.invite(event.id, photographer.id)
  const start = Buffer.concat([
    Buffer.from(
      postOf('/api/photos/upload', 9_000_000, 'multipart/form-data; boundary=b', photographer.token) +
        `--b\r\nContent-Disposition: form-data; name="eventId"\r\n\r\n${event.id}\r\n` +
        '--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n',
    ),
    await testJpeg(1),
    Buffer.alloc(300_000),
  ])
  const { socket, answer } = begin(port, start)
  const drip = setInterval(() => socket.write('x'), 100)
  expect(factsOf(await answer)).toEqual(TOO_SLOW)
  clearInterval(drip)
  await expect.poll(() => t.db.$count(begunUploads)).toBe(0)
})

test('headers that do not come are ended with 408', async () => {
  await using t = await testApp({ settings: IMPATIENT })
  const { answer } = begin(await portOf(t), 'GET /api/healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  expect(factsOf(await answer)).toEqual(TOO_SLOW)
})

test('what is no HTTP is answered with a problem', async () => {
  await using t = await testApp()
  const { answer } = begin(await portOf(t), 'hello there\r\n\r\n')
  expect(await answer).toContain('"code":"malformed_request"')
})

test('while 100 bodies drip, another visitor is answered, and afterwards the connections are free', async () => {
  await using t = await testApp({ settings: { ...IMPATIENT, BODY_PATIENCE_SECONDS: '3' } })
  const origin = await t.listen()
  const port = Number(new URL(origin).port)
  const slow = Array.from({ length: 100 }, () =>
    begin(port, `${postOf('/api/auth/login', 100, 'application/json')}{"em`),
  )
  const connections = () => new Promise<number>(resolve => t.app.server.getConnections((_, count) => resolve(count)))
  await expect.poll(connections).toBe(100)
  const { id } = await t.event()
  for (let i = 0; i < 5; i += 1) {
    expect((await fetch(`${origin}/api/events/${id}`, { headers: { connection: 'close' } })).status).toBe(200)
  }
  for (const each of slow) expect(factsOf(await each.answer)).toEqual(TOO_SLOW)
  await expect.poll(connections).toBe(0)
})
