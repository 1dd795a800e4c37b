import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { buildApp } from '../../app.ts'
import { type TestApp, TEST_ORIGIN, testApp } from '../../testing/test-app.ts'
import { hashPassword } from './passwords.ts'

const PASSWORD = 'correct horse battery'
const manyLogins = { settings: { LIMIT_LOGINS_PER_MINUTE: '1000' } }

async function member(t: TestApp) {
  return t.user('photographer', { passwordHash: await hashPassword(PASSWORD) })
}

const login = (t: TestApp, email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  t.app.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password }, headers })

const refreshCookie = (answer: { cookies: { name: string; value: string }[] }) =>
  answer.cookies.find(cookie => cookie.name === 'pix_refresh')?.value ?? ''

const refresh = (t: TestApp, cookie: string, agent = 'lightMyRequest') =>
  t.app.inject({
    method: 'POST',
    url: '/api/auth/refresh',
    cookies: { pix_refresh: cookie },
    headers: { origin: TEST_ORIGIN, 'user-agent': agent },
  })

test('signing in gives a token that opens what it should, and an HttpOnly cookie for refreshing only', async () => {
  await using t = await testApp()
  const user = await member(t)

  const answer = await login(t, user.email.toUpperCase())

  expect(answer.statusCode).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Strict')
  expect(cookie).toContain('Path=/api/auth')
  const me = await t.app.inject({
    url: '/api/auth/me',
    headers: { authorization: `Bearer ${answer.json().accessToken}` },
  })
  expect(me.json()).toMatchObject({
    id: user.id,
    email: user.email,
    name: user.name,
    role: 'user',
    emailVerified: true,
    hasPassword: true,
  })
})

test('an unknown account, a wrong password and a suspended account are answered alike', async () => {
  await using t = await testApp()
  const user = await member(t)
  const suspended = await member(t)
  await t.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, suspended.id))

  const bodies = []
  for (const answer of [
    await login(t, 'nobody@test.example'),
    await login(t, user.email, 'wrong'),
    await login(t, suspended.email),
  ]) {
    const { requestId, ...rest } = answer.json()
    expect(requestId).toBeTruthy()
    bodies.push({ status: answer.statusCode, ...rest })
  }

  expect(bodies[0]).toMatchObject({ status: 401, code: 'wrong_credentials' })
  expect(bodies[1]).toEqual(bodies[0])
  expect(bodies[2]).toEqual(bodies[0])
})

describe.each(['known', 'unknown'])('for an address that is %s', kind => {
  test('five failures lock for a minute, one more after it for two, even with the right password', async () => {
    await using t = await testApp(manyLogins)
    t.hold()
    const email = kind === 'known' ? (await member(t)).email : 'nobody@test.example'
    for (let i = 0; i < 5; i++) expect((await login(t, email, 'wrong')).statusCode).toBe(401)

    const locked = await login(t, email)
    expect(locked.json().code).toBe('account_locked')
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(55)
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(60)

    t.forward(61_000)
    expect((await login(t, email, 'wrong')).statusCode).toBe(401)
    expect(Number((await login(t, email, 'wrong')).headers['retry-after'])).toBeGreaterThan(110)
  })
})

test('a success forgets earlier failures', async () => {
  await using t = await testApp(manyLogins)
  const user = await member(t)
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) await login(t, user.email, 'wrong')
    expect((await login(t, user.email)).statusCode).toBe(200)
  }
})

test('the sixth sign-in within a minute to one account is refused with Retry-After', async () => {
  await using t = await testApp()
  const user = await member(t)
  for (let i = 0; i < 5; i++) expect((await login(t, user.email)).statusCode).toBe(200)

  const sixth = await login(t, user.email)

  expect(sixth.statusCode).toBe(429)
  expect(sixth.json().code).toBe('rate_limited')
  expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0)
})

test('a refresh token is swapped for another; using the old one later ends the sign-in for both', async () => {
  await using t = await testApp()
  const first = refreshCookie(await login(t, (await member(t)).email))

  const swapped = await refresh(t, first)
  const second = refreshCookie(swapped)
  expect(swapped.statusCode).toBe(200)
  expect(second).not.toBe(first)

  t.forward(21_000)
  expect((await refresh(t, first)).json().code).toBe('session_expired')
  expect((await refresh(t, second)).json().code).toBe('session_expired')
})

test('two tabs that refresh at once get the same successor, but not another device', async () => {
  await using t = await testApp()
  const first = refreshCookie(await login(t, (await member(t)).email))

  const [a, b] = await Promise.all([refresh(t, first), refresh(t, first)])
  expect([a.statusCode, b.statusCode]).toEqual([200, 200])
  expect(refreshCookie(a)).toBe(refreshCookie(b))
  expect(await t.db.select().from(refreshTokens)).toHaveLength(2)

  expect((await refresh(t, first, 'somebody else')).statusCode).toBe(401)
  expect((await refresh(t, refreshCookie(a))).statusCode).toBe(401)
})

test('a refresh token whose successor was swapped as well is reuse, also within the grace time', async () => {
  await using t = await testApp()
  t.hold()
  const first = refreshCookie(await login(t, (await member(t)).email))
  const second = refreshCookie(await refresh(t, first))
  const third = refreshCookie(await refresh(t, second))
  expect(refreshCookie(await refresh(t, second))).toBe(third)

  expect((await refresh(t, first)).json().code).toBe('session_expired')
  expect((await refresh(t, third)).json().code).toBe('session_expired')
})

test('no refresh token is stored in clear', async () => {
  await using t = await testApp()
  const first = refreshCookie(await login(t, (await member(t)).email))
  const second = refreshCookie(await refresh(t, first))

  const rows = JSON.stringify(await t.db.select().from(refreshTokens))

  expect(rows).not.toContain(first)
  expect(rows).not.toContain(second)
})

test('signing out ends refreshing, and the access token where a role is needed', async () => {
  await using t = await testApp()
  const answer = await login(t, (await member(t)).email)
  const token = refreshCookie(answer)
  const headers = { authorization: `Bearer ${answer.json().accessToken}` }
  const crew = `/api/events/${(await t.event()).id}/photos/crew`
  expect((await t.app.inject({ url: crew, headers })).statusCode).not.toBe(401)

  const out = await t.app.inject({
    method: 'POST',
    url: '/api/auth/logout',
    cookies: { pix_refresh: token },
    headers: { origin: TEST_ORIGIN },
  })

  expect(out.statusCode).toBe(204)
  expect((await refresh(t, token)).statusCode).toBe(401)
  expect((await t.app.inject({ url: crew, headers })).statusCode).toBe(401)
})

test('an access token ends after 15 minutes', async () => {
  await using t = await testApp()
  const headers = { authorization: `Bearer ${(await login(t, (await member(t)).email)).json().accessToken}` }
  t.forward(14 * 60_000)
  expect((await t.app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(200)
  t.forward(2 * 60_000)
  expect((await t.app.inject({ url: '/api/auth/me', headers })).json().code).toBe('unauthorized')
})

test('a cookie sent from another site, or from nowhere, changes nothing', async () => {
  await using t = await testApp()
  const token = refreshCookie(await login(t, (await member(t)).email))
  for (const headers of [{ origin: 'https://evil.example' }, {}]) {
    const answer = await t.app.inject({
      method: 'POST',
      url: '/api/auth/refresh',
      cookies: { pix_refresh: token },
      headers,
    })
    expect(answer.json().code).toBe('origin_refused')
  }
  expect((await refresh(t, token)).statusCode).toBe(200)
})

const [OLD, NEW] = ['the-old-signing-key-0123456789abcdef', 'the-new-signing-key-0123456789abcdef']
const STANDING = new Date('2026-11-21T10:00:00Z')

/** The app under these keys, the present one first, on a clock that stands: the grace time never runs out. */
const withKeys = async (t: TestApp, JWT_SECRET: string, ...JWT_PREVIOUS_SECRETS: string[]): Promise<TestApp> => {
  const settings = { ...t.deps.settings, JWT_SECRET, JWT_PREVIOUS_SECRETS }
  return { ...t, app: await buildApp({ ...t.deps, settings, now: () => STANDING }) }
}

const me = async ({ app }: TestApp, token: string) =>
  (await app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${token}` } })).statusCode

test('when the signing key is changed, who is signed in stays so while the old key is listed, and not after', async () => {
  await using t = await testApp()
  const before = await withKeys(t, OLD)
  const answer = await login(before, (await member(t)).email)

  const changed = await withKeys(t, NEW, OLD)
  expect(await me(changed, answer.json().accessToken)).toBe(200)
  const renewed = await refresh(changed, refreshCookie(answer))
  expect(await me(changed, renewed.json().accessToken)).toBe(200)
  expect(await me(before, renewed.json().accessToken)).toBe(401)

  const done = await withKeys(t, NEW)
  expect(await me(done, answer.json().accessToken)).toBe(401)
  expect(await me(done, renewed.json().accessToken)).toBe(200)
  for (const { app } of [before, changed, done]) await app.close()
})

test('a second tab that refreshes just when the key is changed gets the successor the first one got', async () => {
  await using t = await testApp()
  const before = await withKeys(t, OLD)
  const cookie = refreshCookie(await login(before, (await member(t)).email))
  const first = await refresh(before, cookie)

  const changed = await withKeys(t, NEW, OLD)
  expect(refreshCookie(first)).not.toBe('')
  expect(refreshCookie(await refresh(changed, cookie))).toBe(refreshCookie(first))
  for (const { app } of [before, changed]) await app.close()
})
