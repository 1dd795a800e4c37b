import { Writable } from 'node:stream'
import { sessions } from '@pix/db/schema/auth.ts'
import { createLog } from '@pix/platform/log.ts'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { type TestApp, TEST_ORIGIN, testApp } from '../testing/test-app.ts'

const post = (t: TestApp, payload: string | object, headers: Record<string, string> = {}) =>
  t.app.inject({ method: 'POST', url: '/api/auth/login', payload, headers })

test('what cannot be read is a problem with a code: broken JSON, another type, too long, odd methods', async () => {
  await using t = await testApp()
  const json = { 'content-type': 'application/json' }
  const answers = [
    [await post(t, '{"email": ', json), 400, 'malformed_request'],
    [await post(t, '', json), 400, 'malformed_request'],
    [await post(t, '<xml/>', { 'content-type': 'application/xml' }), 415, 'unsupported_media_type'],
    [await post(t, `{"email":"${'x'.repeat(2_000_000)}"}`, json), 413, 'payload_too_large'],
    [await post(t, '{"__proto__":{"admin":true}}', json), 400, 'malformed_request'],
    [await post(t, '[]', json), 422, 'invalid_request'],
    [await t.app.inject({ method: 'DELETE', url: '/api/events' }), 405, 'method_not_allowed'],
    [await t.app.inject({ method: 'DELETE', url: '/api/nothing' }), 404, 'not_found'],
    [await t.app.inject({ url: '/api/events?limit=1000' }), 422, 'invalid_request'],
    [await t.app.inject({ url: '/api/events?surprise=1' }), 422, 'invalid_request'],
    [await t.app.inject({ url: '/%E0%A4%A' }), 400, 'malformed_request'],
  ] as const
  for (const [answer, status, code] of answers) {
    expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status, code })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json().requestId).toBeTruthy()
  }
})

test('a fault of ours says nothing of what happened, and the log says all', async () => {
  const lines: string[] = []
  const log = createLog('api', { level: 'info', pretty: false }, sink(lines))
  await using t = await testApp({ log })
  const app = await buildApp(t.deps)
  app.get('/api/broken', { schema: { hide: true } }, async () => {
    throw new Error('the password of the database is hunter2')
  })

  const answer = await app.inject({ url: '/api/broken' })

  expect(answer.json()).toMatchObject({ status: 500, code: 'internal', title: 'Something went wrong on our side' })
  expect(answer.body).not.toContain('hunter2')
  expect(lines.join('')).toContain(answer.json().requestId)
  expect(lines.join('')).toContain('the password of the database')
  await app.close()
})

test('no secret that passes a request reaches the log', async () => {
  const lines: string[] = []
  await using t = await testApp({ log: createLog('api', { level: 'trace', pretty: false }, sink(lines)) })
  const visitor = await t.visitor()
  const admin = await t.user('admin')
  const secrets = ['a-very-secret-password', visitor.headers.cookie.split('=')[1]!, admin.token, 'signature-abc']

  await post(t, { email: 'a@b.example', password: secrets[0] })
  await t.app.inject({ url: '/api/cart', headers: { ...visitor.headers, ...admin.headers } })
  await t.app.inject({ url: '/objects/thepixstock/x.jpg?signature=signature-abc' })
  const fields = { password: secrets[0], headers: { authorization: admin.token, cookie: visitor.headers.cookie } }
  t.deps.log.info({ ...fields, req: fields, embedding: [0.125, 0.5] }, 'a line with secrets')

  const text = lines.join('')
  expect(text).toContain('a line with secrets')
  expect(text).toContain('/objects/thepixstock/x.jpg')
  expect(secrets.filter(secret => text.includes(secret))).toEqual([])
  expect(text).not.toContain('0.125')
})

test('a query that failed is logged without what was put into it, here and when a child process reports it', async () => {
  const lines: string[] = []
  await using t = await testApp({ log: createLog('api', { level: 'trace', pretty: false }, sink(lines)) })
  const app = await buildApp(t.deps)
  const fail = () =>
    t.db.execute(sql`select * from nowhere where email = ${'guest@private.example'} and id = ${'line\n2'}`)
  app.get('/api/broken', { schema: { hide: true } }, fail)

  expect((await app.inject({ url: '/api/broken' })).json().code).toBe('internal')
  const error = await fail().catch((reason: unknown) => reason as Error)
  t.deps.log.error({ err: new Error((error as Error).stack) }, 'a child failed')

  const text = lines.join('')
  expect(text.match(/Failed query: select \* from nowhere/g)?.length).toBeGreaterThanOrEqual(2)
  expect(text).toContain('relation \\"nowhere\\" does not exist')
  expect(text).not.toContain('guest@private.example')
  await app.close()
})

const sink = (lines: string[]) =>
  new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString())
      done()
    },
  })

test('every answer carries the headers that protect the browser, and none opens us to other sites', async () => {
  await using t = await testApp({ settings: { PUBLIC_ORIGIN: 'https://shop.test' } })
  for (const url of ['/api/events', '/api/nothing', '/api/healthz', '/api/docs/']) {
    const { headers } = await t.app.inject({ url, headers: { origin: 'https://evil.example' } })
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    expect(headers['permissions-policy']).toContain('camera=(self)')
    expect(headers['x-robots-tag']).toContain('noindex')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})

const clearCart = (t: TestApp, cookies: Record<string, string> = {}) =>
  t.app.inject({ method: 'POST', url: '/api/cart/clear', cookies, headers: { origin: TEST_ORIGIN } })

test('the first write makes a visitor one session: a cookie without data, and only its hash in the database', async () => {
  await using t = await testApp()
  const first = await clearCart(t)
  const cookie = first.cookies.find(({ name }) => name === 'pix_session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(cookie?.value).toMatch(/^[\w-]{43}$/)

  const second = await clearCart(t, { pix_session: cookie!.value })
  expect(second.headers['set-cookie']).toBeUndefined()
  const rows = await t.db.select().from(sessions)
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(cookie!.value)

  const forged = await clearCart(t, { pix_session: 'A'.repeat(43) })
  expect(forged.cookies[0]?.value).not.toBe('A'.repeat(43))
})

test('a request that only reads makes no session, sets no cookie and prolongs nothing', async () => {
  await using t = await testApp()
  const id = t.deps.newId()
  const asked = [
    ['/api/cart', 200],
    ['/api/orders', 200],
    [`/api/orders/${id}`, 404],
    [`/api/orders/${id}/download`, 404],
    [`/api/payment/${id}/status`, 404],
    [`/api/face/search/${id}/status`, 404],
    [`/api/face/search/${id}/results`, 404],
    [`/api/photos/${id}/original`, 404],
  ] as const
  const { headers } = await t.visitor()
  t.forward(10 * 86_400_000)
  const before = await t.db.select().from(sessions)
  for (const [url, status] of asked)
    for (const sent of [{}, { cookie: `pix_session=${'A'.repeat(43)}` }, headers]) {
      const answer = await t.app.inject({ url, headers: sent })
      expect([url, answer.statusCode, answer.headers['set-cookie']]).toEqual([url, status, undefined])
    }
  expect((await t.app.inject({ url: '/api/cart' })).json()).toEqual({ items: [] })
  expect(await t.db.select().from(sessions)).toEqual(before)

  await t.app.inject({ method: 'POST', url: '/api/cart/clear', headers })
  expect((await t.db.select().from(sessions))[0]!.expiresAt.getTime()).toBeGreaterThan(before[0]!.expiresAt.getTime())
})

test('with a cookie a write needs our origin; without one it is not asked', async () => {
  await using t = await testApp({ settings: { ALLOWED_ORIGINS: 'http://127.0.0.1:5173, http://other.test' } })
  const { headers } = await t.visitor()
  const clear = async (origin: string | null) => {
    const { origin: _, ...cookie } = headers
    const sent = origin === null ? cookie : { ...cookie, origin }
    return (await t.app.inject({ method: 'POST', url: '/api/cart/clear', headers: sent })).statusCode
  }
  expect(await clear(TEST_ORIGIN)).toBe(200)
  expect(await clear('http://127.0.0.1:5173')).toBe(200)
  expect(await clear('https://evil.example')).toBe(403)
  expect(await clear('null')).toBe(403)
  expect(await clear(null)).toBe(403)
  expect((await t.app.inject({ method: 'POST', url: '/api/cart/clear' })).statusCode).toBe(200)
})

test('a form of another site, sent without the cookie, does not put a new session over a guest’s own', async () => {
  await using t = await testApp()
  const post = (origin: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/cart/items',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'a=b',
    })
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await post(origin)
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'origin_refused'])
    expect(answer.headers['set-cookie']).toBeUndefined()
  }
  expect((await post(TEST_ORIGIN)).headers['set-cookie']).toBeTruthy()
  expect(await t.db.$count(sessions)).toBe(1)
})
