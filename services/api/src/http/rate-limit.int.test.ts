import { expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'

test('a session has 100 requests a minute, stated in every answer, and another session has its own', async () => {
  await using t = await testApp()
  const { headers } = await t.visitor()
  const get = (more = headers) => t.app.inject({ url: '/api/cart', headers: more })
  const first = await get()
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '100', 'ratelimit-remaining': '99' })
  expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(50)
  for (let i = 1; i < 100; i++) await get()

  const refused = await get()

  expect(refused.statusCode).toBe(429)
  expect(refused.json().code).toBe('rate_limited')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await get((await t.visitor()).headers)).statusCode).toBe(200)
})

test('an address has a ceiling of its own, whatever cookies it sends', async () => {
  await using t = await testApp({ settings: { LIMIT_IP_REQUESTS_PER_MINUTE: '5' } })
  for (let i = 0; i < 5; i++) {
    expect((await t.app.inject({ url: '/api/cart', headers: (await t.visitor()).headers })).statusCode).toBe(200)
  }
  expect((await t.app.inject({ url: '/api/cart', headers: (await t.visitor()).headers })).statusCode).toBe(429)
  expect((await t.app.inject({ url: '/api/nowhere' })).statusCode).toBe(429)
  expect((await t.app.inject({ url: '/api/readyz' })).statusCode).toBe(200)
})

test.each([
  ['believed from a proxy of ours', '127.0.0.0/8', 200],
  ['ignored from anybody else', '', 429],
])('the client address in X-Forwarded-For is %s', async (_, proxies, status) => {
  await using t = await testApp({ settings: { LIMIT_IP_REQUESTS_PER_MINUTE: '2', TRUSTED_PROXIES: proxies } })
  const from = (client: string) => t.app.inject({ url: '/api/events', headers: { 'x-forwarded-for': client } })
  await from('203.0.113.1')
  await from('203.0.113.1')
  expect((await from('203.0.113.2')).statusCode).toBe(status)
})
