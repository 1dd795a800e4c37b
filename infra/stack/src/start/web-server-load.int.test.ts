import fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '../base/ports.ts'
import { serveWeb } from './web-server.ts'

const MANY = 300
const PLAIN = '<title>shop</title>'
const api = fastify()
const seen = { streams: 0, uploads: 0 }
const sockets: Socket[] = []
const page = (body: string, code = 200) => ({ body, code })
let folder = ''
let port = 0
let stop: () => Promise<void>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'web-load-'))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist/index.html'), PLAIN)
  api.addContentTypeParser('*', (_, payload, done) => done(null, payload))
  api.get('/api/stream', (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write('data: first\n\n')
    seen.streams += 1
  })
  api.get('/api/echo', async request => request.headers)
  api.post('/api/upload', async incoming => {
    seen.uploads += 1
    return { text: await text(incoming.body as NodeJS.ReadableStream) }
  })
  const pages: Record<string, { body: string; code: number }> = {
    known: page('<title>An event</title>'),
    unknown: page('<title>No event</title>', 404),
    busy: page('too many', 429),
    away: page('away', 503),
  }
  api.get<{ Params: { slug: string } }>('/events/:slug', async (request, reply) => {
    const { body, code } = pages[request.params.slug] ?? page('{}', 500)
    return reply.code(code).header('content-type', 'text/html; charset=utf-8').header('x-seen-by', 'api').send(body)
  })
  await api.listen({ port: 0, host: '127.0.0.1' })
  port = await freePort()
  stop = await serve(port, (api.server.address() as AddressInfo).port)
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(async () => {
  await stop()
  api.server.closeAllConnections()
  await api.close()
  rmSync(folder, { recursive: true })
})

const serve = (port: number, apiPort: number) =>
  serveWeb({
    host: '127.0.0.1',
    port,
    api: `http://127.0.0.1:${apiPort}`,
    dist: join(folder, 'dist'),
    demo: join(folder, 'demo'),
  })

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)

/** A connection that has sent these bytes and waits. */
function open(bytes: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.on('error', () => undefined)
  sockets.push(socket)
  return socket
}

async function othersAreServed() {
  const signal = AbortSignal.timeout(30_000)
  expect((await get('/api/echo', { signal })).status).toBe(200)
  expect(await (await get('/', { signal })).text()).toBe(PLAIN)
}

test('300 uploads that stand still keep nobody else waiting', async () => {
  const head = 'POST /api/upload HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ncontent-length: 1000000\r\n\r\nsome'
  for (let i = 0; i < MANY; i += 1) open(head)
  await expect.poll(() => seen.uploads).toBe(MANY)
  await othersAreServed()
})

test('300 requests whose headers never end keep nobody else waiting', async () => {
  const opened = Array.from({ length: MANY }, () => open('GET /api/echo HTTP/1.1\r\nhost: x\r\nx-slow: '))
  await expect.poll(() => opened.filter(socket => socket.bytesWritten > 0).length).toBe(MANY)
  await othersAreServed()
})

test('300 open event streams keep nobody else waiting', async () => {
  for (let i = 0; i < MANY; i += 1) open('GET /api/stream HTTP/1.1\r\nhost: x\r\n\r\n')
  await expect.poll(() => seen.streams).toBe(MANY)
  await othersAreServed()
})

test('a request that asks before it sends is answered 100 Continue, and arrives', async () => {
  const sending = request({ port, path: '/api/upload', method: 'POST', headers: { expect: '100-continue' } })
  sending.flushHeaders()
  await new Promise(resolve => sending.once('continue', resolve))
  const answered = new Promise<string>(resolve => sending.once('response', answer => resolve(text(answer))))
  sending.end('the body')
  expect(JSON.parse(await answered)).toEqual({ text: 'the body' })
})

test('a client that wants its connection closed sees it closed', async () => {
  for (const path of ['/', '/api/echo', '/events/known']) {
    const socket = open(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    // Ends only when the server closes.
    const [headers = ''] = (await text(socket)).toLowerCase().split('\r\n\r\n')
    expect(headers).toMatch(/^http\/1\.1 200 /)
    expect(headers).toContain('\r\nconnection: close')
    expect(headers).not.toContain('keep-alive')
  }
})

test('what lies hidden in a checkout, and what is no page, is not there', async () => {
  const paths = [
    '/.git',
    '/.git/',
    '/.git/config',
    '/.git/HEAD',
    '/.env',
    '/.ssh/id_rsa',
    '/assets/.hidden',
    '/%2egit/x',
  ]
  for (const path of [...paths, '/wp-login.php']) expect([path, (await get(path)).status]).toEqual([path, 404])
  expect((await get('/', { method: 'POST', body: 'x' })).status).toBe(404)
  expect((await get('/cart', { method: 'HEAD' })).status).toBe(200)
})

test('a page of an event is the api’s, found or not, and the plain one where the api has none to give', async () => {
  const known = await get('/events/known')
  expect([known.status, await known.text(), known.headers.get('x-seen-by')]).toEqual([
    200,
    '<title>An event</title>',
    'api',
  ])
  const unknown = await get('/events/unknown')
  expect([unknown.status, await unknown.text()]).toEqual([404, '<title>No event</title>'])
  for (const slug of ['busy', 'away', 'broken']) {
    const page = await get(`/events/${slug}`)
    expect([page.status, await page.text(), page.headers.get('x-seen-by')]).toEqual([200, PLAIN, null])
  }
})

test('while the api is away its paths answer a problem, and pages are the plain one', async () => {
  const ownPort = await freePort()
  const stopOwn = await serve(ownPort, await freePort())
  try {
    const origin = `http://127.0.0.1:${ownPort}`
    for (const init of [{}, { method: 'POST', body: 'x' }]) {
      const answer = await fetch(`${origin}/api/events?text=a`, init)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
      expect(answer.headers.get('retry-after')).toBe('2')
      expect(await answer.json()).toMatchObject({ code: 'unavailable', status: 503, instance: '/api/events' })
    }
    for (const path of ['/', '/events/known', '/events/known/photos'])
      expect(await (await fetch(origin + path)).text()).toBe(PLAIN)
  } finally {
    await stopOwn()
  }
})
