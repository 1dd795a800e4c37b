import fastify from 'fastify'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { findBinary } from '../base/find-binary.ts'
import { freePort } from '../base/ports.ts'
import { AWAY, PLAIN, startNginx, WORKER } from '../testing/start-nginx.ts'
import { droppedConnections, startListener } from '../testing/start-listener.ts'

const nginx = findBinary(['nginx'], ['/usr/sbin'])
const unfinished = (path: string) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ncontent-length: 1000000\r\n\r\nsome`

// Skipped where there is no nginx: `apt-get install nginx-light` brings it.
describe.skipIf(!nginx)('nginx with infra/images/web.nginx.conf', () => {
  const api = fastify({ forceCloseConnections: true })
  const seen = { streams: 0, uploads: 0 }
  const sockets: Socket[] = []
  let folder = ''
  let port = 0
  let running: ChildProcess
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)

  beforeAll(async () => {
    api.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    api.get('/api/stream', (_, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
      reply.raw.write('data: first\n\n')
      seen.streams += 1
    })
    api.get('/api/visitor', async request => request.headers['x-forwarded-for'])
    api.get('/api/list', async () => ({ items: Array(200).fill('an item') }))
    api.post('/api/photos/upload', async incoming => {
      seen.uploads += 1
      return { text: await text(incoming.body as NodeJS.ReadableStream) }
    })
    api.patch('/api/uploads/:id', async incoming => ({
      bytes: (await text(incoming.body as NodeJS.ReadableStream)).length,
    }))
    api.post('/api/json', async () => ({ taken: true }))
    api.get('/events/slow', (_, reply) => void reply.hijack())
    api.get<{ Params: { slug: string } }>('/events/:slug', async (request, reply) => {
      const code = { known: 200, unknown: 404, busy: 429 }[request.params.slug] ?? 503
      return reply.code(code).type('text/html').send(`<title>${request.params.slug}</title>`)
    })
    api.get('/robots.txt', async () => 'User-agent: *')
    api.get('/manifest.webmanifest', async () => ({ name: 'a shop' }))
    api.get('/media/event/large/photo.jpg', async () => 'a picture')
    api.get('/thepixstock/a/photo.jpg', async request => request.headers.host)
    api.get('/moved', async (_, reply) => reply.redirect('http://shop.test/moved', 308))
    await api.listen({ port: 0, host: '127.0.0.1' })
    port = await freePort()
    folder = mkdtempSync(join(tmpdir(), 'nginx-'))
    running = startNginx(nginx!, { folder, port, apiPort: (api.server.address() as AddressInfo).port })
    await vi.waitFor(untilServing, { timeout: 60_000 })
  })
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
  })
  afterAll(async () => {
    running.kill('SIGTERM')
    await new Promise(resolve => running.once('exit', resolve))
    api.server.closeAllConnections()
    await api.close()
    rmSync(folder, { recursive: true })
  })

  async function untilServing() {
    if (!(await get('/cart')).ok) throw new Error('not yet')
  }

  function open(bytes: string): Socket {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => undefined)
    sockets.push(socket)
    return socket
  }

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    // What a visitor claims to have come through stands before what the proxy saw.
    ['198.51.100.7, 203.0.113.9', '203.0.113.9'],
    [undefined, '127.0.0.1'],
  ])('behind a proxy that says %s the visitor is %s', async (said, visitor) => {
    const headers: Record<string, string> = said === undefined ? {} : { 'x-forwarded-for': said }
    expect(await (await get('/api/visitor', { headers })).text()).toBe(visitor)
  })

  test('the page of an event is the api’s, found or not, and the plain one where the api has none to give', async () => {
    for (const [path, status, body] of [
      ['/events/known', 200, '<title>known</title>'],
      ['/events/unknown', 404, '<title>unknown</title>'],
      ['/events/busy', 200, PLAIN],
      ['/events/away', 200, PLAIN],
      ['/events/slow', 200, PLAIN], // after three seconds
      ['/cart', 200, PLAIN],
    ] as const) {
      const page = await get(path)
      expect([path, page.status]).toEqual([path, status])
      expect(await page.text()).toBe(body)
    }
    expect((await get('/cart')).headers.get('x-robots-tag')).toBe('noindex')
    expect((await get('/events/busy')).headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  test('a page that the api does not fill is moved where the api says so, and else the plain one', async () => {
    const moved = await get('/moved', { redirect: 'manual' })
    expect(await (await get('/login')).text()).toBe(PLAIN)
    expect([moved.status, moved.headers.get('location')]).toEqual([308, 'http://shop.test/moved'])
  })

  test('a picture is the api’s, though its address ends like that of a file', async () => {
    const picture = await get('/media/event/large/photo.jpg')
    expect([picture.status, await picture.text()]).toEqual([200, 'a picture'])
  })

  test('a signed address of the storage keeps host and port, and nobody writes by it', async () => {
    const path = '/thepixstock/a/photo.jpg?X-Amz-Signature=1'
    expect(await (await get(path)).text()).toBe(`127.0.0.1:${port}`)
    expect((await get(path, { method: 'PUT', body: 'x' })).status).toBe(403)
  })

  test('what search engines may read is the api’s; pages of one person are not listed', async () => {
    const robots = await get('/robots.txt')
    expect([robots.status, await robots.text()]).toEqual([200, 'User-agent: *'])
    const listed = async (path: string) => (await get(path)).headers.get('x-robots-tag')
    for (const path of ['/organizer', '/account/orders', '/privacy/me', '/orders/open?token=x', '/gift'])
      expect([path, await listed(path)]).toEqual([path, 'noindex'])
    for (const path of ['/privacy', '/terms', '/accounting']) expect([path, await listed(path)]).toEqual([path, null])
  })

  test('the service worker is checked at every visit and comes compressed; an installed shop is called as the api says', async () => {
    const worker = await get('/sw.js')
    expect([worker.status, await worker.text()]).toEqual([200, WORKER])
    expect(Object.fromEntries(worker.headers)).toMatchObject({
      'cache-control': 'no-cache',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript',
      'content-security-policy': expect.stringContaining("connect-src 'self'"),
    })
    expect(await (await get('/manifest.webmanifest')).json()).toEqual({ name: 'a shop' })
  })

  test('where the machine says that the worker is off, its address gives the script that unregisters it', async () => {
    const here = join(folder, 'here.conf')
    const before = readFileSync(here, 'utf8')
    const reload = async (conf: string, gives: string) => {
      writeFileSync(here, conf)
      running.kill('SIGHUP')
      await expect.poll(async () => (await get('/sw.js')).text()).toBe(gives)
    }
    await reload(before.replace('set $worker /sw.js;', 'set $worker /sw-off.js;'), '// off')
    expect((await get('/sw.js')).headers.get('cache-control')).toBe('no-cache')
    await reload(before, WORKER)
  })

  test('what lies hidden in a checkout, and what is no page, is not there', async () => {
    for (const path of ['/.git/config', '/.env', '/assets/.hidden', '/wp-login.php', '/assets/gone-1.js'])
      expect([path, (await get(path)).status]).toEqual([path, 404])
    const asset = await get('/assets/app-1a2b.js')
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  })

  test('a body that stands still is given up, and 150 of them keep nobody else waiting', async () => {
    const held = Array.from({ length: 150 }, (_, at) => open(unfinished(at % 2 ? '/api/photos/upload' : '/api/json')))
    expect((await get('/api/list')).status).toBe(200)
    await expect.poll(() => held.every(socket => socket.destroyed || socket.readableEnded)).toBe(true)
  })

  test('300 streams of one address stay open and keep nobody else waiting', async () => {
    const held = Array.from({ length: 300 }, () => open('GET /api/stream HTTP/1.1\r\nhost: x\r\n\r\n'))
    await expect.poll(() => seen.streams).toBe(300)
    expect((await get('/api/list')).status).toBe(200)
    expect(held.some(socket => socket.destroyed)).toBe(false)
  })

  test('one address sends no more than 200 bodies at once; what is too many is answered by a problem', async () => {
    const head = 'POST /api/photos/upload HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n'
    const before = seen.uploads
    const held = Array.from({ length: 200 }, () => open(head))
    const feeding = setInterval(() => held.forEach(socket => socket.write('x')), 200)
    try {
      await expect.poll(() => seen.uploads - before).toBe(200)
      const answer = await get('/api/photos/upload', { method: 'POST', body: 'x' })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'application/problem+json'])
      expect(await answer.json()).toMatchObject({ code: 'rate_limited', status: 429 })
      expect((await get('/api/list')).status).toBe(200)
    } finally {
      clearInterval(feeding)
    }
  })

  test('a body larger than the api takes is refused as a problem, with an id that the log has; an upload is not', async () => {
    const body = Buffer.alloc(3_000_000, 'x')
    const answer = await get('/api/json', { method: 'POST', body })
    const { code, requestId } = await answer.json()
    expect([answer.status, code]).toEqual([413, 'payload_too_large'])
    await expect.poll(() => readFileSync(join(folder, 'access.log'), 'utf8')).toMatch(` ${requestId}\n`)
    expect((await get('/api/photos/upload', { method: 'POST', body })).status).toBe(200)
    expect(await (await get('/api/uploads/1', { method: 'PATCH', body })).json()).toEqual({ bytes: 3_000_000 })
  })

  test('an upload that asks before it sends arrives', async () => {
    const socket = open(
      'POST /api/photos/upload HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n',
    )
    socket.once('data', () => socket.write('body'))
    expect(await text(socket)).toContain('{"text":"body"}')
  })

  test('lists come packed', async () => {
    const answer = await get('/api/list')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect((await answer.json()).items).toHaveLength(200)
  })

  test('while the api is away its paths answer a problem', async () => {
    await api.close()
    const answer = await get('/api/list')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ code: 'unavailable', status: 503 })
  })

  test('while the api is away its pages are a page in both languages, with 503 and when to come back; nobody opens that by its address', async () => {
    for (const path of ['/', '/events/known', '/login', '/p/somebody']) {
      const page = await get(path)
      expect([path, page.status, page.headers.get('retry-after')]).toEqual([path, 503, '60'])
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.headers.get('content-type')).toContain('text/html')
      expect(await page.text()).toBe(AWAY)
    }
    expect((await get('/away.html')).status).toBe(404)
    expect((await get('/assets/app-1a2b.js')).status).toBe(200)
    for (const words of ['lang="th"', 'lang="en"', 'ลองอีกครั้ง', 'Try again']) expect(AWAY).toContain(words)
  })

  test('while nothing takes a connection at the address of the api, its pages are that page, too', async () => {
    const full = await moveApi()
    await full.goDeaf()
    const page = await get('/login')
    expect([page.status, page.headers.get('retry-after'), await page.text()]).toEqual([503, '60', AWAY])
    full.stop()
  })

  const onLinux = { skip: process.platform !== 'linux' }
  test('a page survives the loss of its first packet to the api (asks Linux what it dropped)', onLinux, async () => {
    const deaf = await moveApi()
    await deaf.goDeaf()
    const [before, page] = [droppedConnections(), get('/login')]
    await expect.poll(droppedConnections, { interval: 20 }).toBeGreaterThan(before)
    deaf.hear()
    expect(await (await page).text()).toBe('heard')
    deaf.stop()
  })

  /** From now on nginx finds its api elsewhere. */
  async function moveApi() {
    const listener = await startListener()
    const here = readFileSync(join(folder, 'here.conf'), 'utf8')
    writeFileSync(join(folder, 'here.conf'), here.replace(/(set \$api .*):\d+/, `$1:${listener.port}`))
    running.kill('SIGHUP')
    await expect.poll(async () => (await get('/login')).text()).toBe('heard')
    return listener
  }
})
