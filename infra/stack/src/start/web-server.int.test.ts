import fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../base/ports.ts'
import { serveWeb } from './web-server.ts'

const api = fastify()
const seen = { uploaded: 0 }
const WASM = Buffer.alloc(5_000, 'wasm')
let folder = ''
let origin = ''
let stop: () => Promise<void>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'web-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  mkdirSync(join(folder, 'demo'))
  writeFileSync(join(folder, 'dist/index.html'), '<title>shop</title>')
  writeFileSync(join(folder, 'dist/assets/app-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'dist/sw.js'), 'addEventListener')
  mkdirSync(join(folder, 'dist/models/0123abcd'), { recursive: true })
  writeFileSync(join(folder, 'dist/models/0123abcd/tfjs.wasm'), WASM)
  writeFileSync(join(folder, 'dist/models/0123abcd/tfjs.wasm.br'), brotliCompressSync(WASM))
  writeFileSync(join(folder, 'demo/selfie-1.jpg'), 'a picture')
  api.addContentTypeParser('*', (_, payload, done) => done(null, payload))
  api.get('/api/stream', (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write('data: first\n\n')
  })
  api.get('/api/echo', async request => ({ url: request.url, headers: request.headers }))
  api.get('/events/slow', (_, reply) => void reply.hijack())
  api.get('/moved', async (_, reply) => reply.redirect('http://shop.test/moved', 308))
  api.get('/robots.txt', async request => `Sitemap: http://${request.headers.host}/sitemap.xml`)
  api.get('/manifest.webmanifest', async request => ({ name: request.headers.host }))
  api.post('/api/upload', async incoming => {
    for await (const chunk of incoming.body as AsyncIterable<Buffer>) seen.uploaded += chunk.length
    return { bytes: seen.uploaded }
  })
  await api.listen({ port: 0, host: '127.0.0.1' })
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  const upstream = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`
  stop = await serveWeb({
    host: '127.0.0.1',
    port,
    api: upstream,
    dist: join(folder, 'dist'),
    demo: join(folder, 'demo'),
  })
})
afterAll(async () => {
  await stop()
  api.server.closeAllConnections()
  await api.close()
  rmSync(folder, { recursive: true })
})

test('every page of the shop is the same document, and what does not exist is no document', async () => {
  for (const path of ['/', '/events/some-event', '/th/cart']) {
    const page = await fetch(origin + path)
    expect([page.status, await page.text(), page.headers.get('cache-control')]).toEqual([
      200,
      '<title>shop</title>',
      'no-cache',
    ])
  }
  expect((await fetch(`${origin}/assets/gone-9f.js`)).status).toBe(404)
  expect((await fetch(`${origin}/..%2f..%2fpackage.json`)).status).toBe(404)
})

test('a page that the api does not give within three seconds goes out plain', async () => {
  const began = performance.now()
  const page = await fetch(`${origin}/events/slow`)
  expect([page.status, await page.text()]).toEqual([200, '<title>shop</title>'])
  expect(performance.now() - began).toBeGreaterThan(2_900)
})

test('a page that the api does not fill is moved where the api says so', async () => {
  const moved = await fetch(`${origin}/moved`, { redirect: 'manual' })
  expect([moved.status, moved.headers.get('location')]).toEqual([308, 'http://shop.test/moved'])
})

test('what search engines may read is the api’s, of the host that they ask; pages of one person say that they are not listed', async () => {
  const robots = await fetch(`${origin}/robots.txt`)
  expect([robots.status, await robots.text()]).toEqual([200, `Sitemap: ${origin}/sitemap.xml`])
  expect((await fetch(`${origin}/robots.txt`, { method: 'POST' })).status).toBe(404)
  const listed = async (path: string) => (await fetch(origin + path)).headers.get('x-robots-tag')
  for (const path of ['/cart', '/account/orders', '/organizer', '/privacy/me', '/orders/open?token=x', '/gift'])
    expect([path, await listed(path)]).toEqual([path, 'noindex'])
  for (const path of ['/privacy', '/terms', '/accounting']) expect([path, await listed(path)]).toEqual([path, null])
})

test('the service worker is checked at every visit, and an installed shop is called as the api says', async () => {
  const worker = await fetch(`${origin}/sw.js`)
  expect([worker.status, worker.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  expect(worker.headers.get('content-type')).toMatch(/^(text|application)\/javascript/)
  const manifest = await fetch(`${origin}/manifest.webmanifest`)
  expect(await manifest.json()).toEqual({ name: origin.slice('http://'.length) })
})

test('files with a hash in their name are kept for a year, demo pictures are served', async () => {
  expect((await fetch(`${origin}/assets/app-1a2b.js`)).headers.get('cache-control')).toContain('immutable')
  const selfie = await fetch(`${origin}/demo/selfie-1.jpg`)
  expect([selfie.status, selfie.headers.get('content-type'), await selfie.text()]).toEqual([
    200,
    'image/jpeg',
    'a picture',
  ])
})

test('the face models come compressed, with the type that WebAssembly needs, and are kept for a year', async () => {
  const url = `${origin}/models/0123abcd/tfjs.wasm`
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['identity', null],
  ] as const) {
    const answer = await fetch(url, { headers: { 'accept-encoding': accepted } })
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/wasm',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(Buffer.from(await answer.arrayBuffer()).equals(WASM)).toBe(true)
  }
})

test('a page may compile WebAssembly and start a worker of its own, and nothing foreign', async () => {
  const policy = (await fetch(`${origin}/`)).headers.get('content-security-policy')
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(policy).toContain("worker-src 'self' blob:;")
  expect(policy).toContain("connect-src 'self';")
  // A worker lives under the policy of its own script.
  expect((await fetch(`${origin}/assets/app-1a2b.js`)).headers.get('content-security-policy')).toBe(policy)
})

test('an event of a stream passes while the stream stays open', async () => {
  const gone = new AbortController()
  const response = await fetch(`${origin}/api/stream`, { signal: gone.signal })
  const { value } = await response.body!.getReader().read()
  expect(new TextDecoder().decode(value)).toBe('data: first\n\n')
  gone.abort()
})

test('an upload reaches the api while it is still being sent', async () => {
  const { port, hostname } = new URL(origin)
  const sending = request({
    hostname,
    port,
    path: '/api/upload',
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
  })
  const answered = new Promise<number | undefined>(resolve =>
    sending.on('response', response => resolve(response.resume().statusCode)),
  )
  sending.write(Buffer.alloc(200_000))
  await expect.poll(() => seen.uploaded).toBeGreaterThan(0)
  sending.end(Buffer.alloc(10))
  expect(await answered).toBe(200)
  expect(seen.uploaded).toBe(200_010)
})

test('the api gets the host and the client’s address, whatever the client claims', async () => {
  const answer = await fetch(`${origin}/api/echo?a=%2F`, { headers: { 'x-forwarded-for': '6.6.6.6' } })
  const { url, headers } = (await answer.json()) as { url: string; headers: Record<string, string> }
  expect(url).toBe('/api/echo?a=%2F')
  expect(headers).toMatchObject({ host: new URL(origin).host, 'x-forwarded-for': '127.0.0.1' })
})
