import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letters, letterTo, newcomer, type TestBrowser } from '../accounts-testing.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { completeSignIn } from '../complete-sign-in.ts'
import { hashPassword } from '../passwords.ts'

const HOUR = 3_600_000
const NEW_PASSWORD = 'nine orange ladders'
const many = {
  settings: { LIMIT_LETTERS_PER_HOUR: '1000', LIMIT_ADDRESS_LETTERS_PER_HOUR: '1000', LIMIT_LOGINS_PER_MINUTE: '1000' },
}

const member = async (t: TestApp, more: object = {}) =>
  t.user('customer', { passwordHash: await hashPassword(GOOD_PASSWORD), ...more })
const login = (browser: TestBrowser, email: string, password = GOOD_PASSWORD) =>
  browser.post('/auth/login', { email, password })
const reset = (browser: TestBrowser, token: string, password = NEW_PASSWORD) =>
  browser.post('/auth/reset-password', { token, password, locale: 'en' })
async function askReset(t: TestApp, email: string) {
  expect((await browserOf(t).post('/auth/forgot-password', { email, locale: 'en' })).statusCode).toBe(202)
  return (await letterTo(t, email)).token
}
const me = async (t: TestApp, token: string) =>
  (await t.app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${token}` } })).statusCode

test('sign-ins with the old password that are under way while it is reset end with it', async () => {
  await using t = await testApp(many)
  const { email } = await member(t)
  const token = await askReset(t, email)
  const browsers = Array.from({ length: 5 }, () => browserOf(t))
  const [done, ...signIns] = await Promise.all([
    reset(browserOf(t), token),
    ...browsers.map(browser => login(browser, email)),
  ])
  expect(done.statusCode).toBe(204)
  expect(signIns.map(({ statusCode }) => statusCode).filter(status => ![200, 401, 403, 429].includes(status))).toEqual(
    [],
  )
  for (const browser of browsers) expect((await browser.post('/auth/refresh')).statusCode).toBe(401)
})

test('a sign-in that was shown before its account was taken over gets no token', async () => {
  await using t = await testApp()
  const { email, id } = await member(t)
  const [shown] = await t.db.select().from(users).where(eq(users.id, id))
  expect((await reset(browserOf(t), await askReset(t, email))).statusCode).toBe(204)
  const browser = { device: 'phone', network: '192.0.2.7', refreshToken: null, deviceToken: null }
  await expect(completeSignIn(t.system, shown!, browser)).rejects.toMatchObject({ code: 'sign_in_over' })
})

test('a reset by letter ends every earlier sign-in and token, and the owner gets a letter', async () => {
  await using t = await testApp()
  const { email, id } = await member(t)
  const before = browserOf(t)
  const { accessToken } = (await login(before, email)).json()
  const token = await askReset(t, email)

  const browser = browserOf(t)
  expect((await reset(browser, token)).statusCode).toBe(204)

  expect(await me(t, accessToken)).toBe(401)
  expect((await before.post('/auth/refresh')).statusCode).toBe(401)
  expect((await login(browserOf(t), email)).statusCode).toBe(401)
  expect((await login(browser, email, NEW_PASSWORD)).statusCode).toBe(200)
  expect(await letterTo(t, email)).toMatchObject({
    template: 'password_changed',
    path: '/forgot-password',
    secrets: null,
  })
  expect(JSON.stringify(await t.db.select().from(users).where(eq(users.id, id)))).not.toContain(NEW_PASSWORD)
})

test('a reset link works once and for an hour; every earlier link ends with it; a refused password uses none up', async () => {
  await using t = await testApp(many)
  t.hold()
  const { email } = await member(t)
  const [first, second] = [await askReset(t, email), await askReset(t, email)]
  expect((await reset(browserOf(t), second, 'password12345')).json().code).toBe('password_common')
  expect((await reset(browserOf(t), first)).statusCode).toBe(204)
  expect((await reset(browserOf(t), first)).json().code).toBe('link_used_up')
  expect((await reset(browserOf(t), second)).json().code).toBe('link_used_up')

  const late = await askReset(t, email)
  t.forward(HOUR - 1)
  const inTime = await askReset(t, email)
  t.forward(1)
  expect((await reset(browserOf(t), late)).json().code).toBe('link_used_up')
  expect((await reset(browserOf(t), inTime)).statusCode).toBe(204)
})

test('two who use one reset link at once: one sets the password', async () => {
  await using t = await testApp()
  const token = await askReset(t, (await member(t)).email)
  const answers = await Promise.all([reset(browserOf(t), token), reset(browserOf(t), token)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 410])
})

test('forgot-password answers alike for every address, by the same number of statements', async () => {
  await using t = await testApp(many)
  const answers = []
  const suspended = await member(t, { suspendedAt: t.deps.now() })
  for (const email of [newcomer(t), (await member(t)).email, suspended.email]) {
    const counted = countStatements(t)
    const { statusCode, body } = await browserOf(t).post('/auth/forgot-password', { email, locale: 'th' })
    answers.push([statusCode, body, counted()])
  }
  expect(answers).toEqual([answers[0], answers[0], answers[0]])
  expect((await letters(t)).map(({ template }) => template)).toEqual(['no_account', 'reset_password', 'no_account'])
})

test('a change keeps this browser signed in, ends the others, and the owner gets a letter', async () => {
  await using t = await testApp()
  const { email } = await member(t)
  const [here, there] = [browserOf(t), browserOf(t, { agent: 'another' })]
  await login(there, email)
  const { accessToken } = (await login(here, email)).json()
  const headers = { authorization: `Bearer ${accessToken}` }

  const changed = await here.post(
    '/auth/change-password',
    { current: GOOD_PASSWORD, password: NEW_PASSWORD, locale: 'th' },
    { headers },
  )

  expect(changed.statusCode).toBe(200)
  expect(await me(t, accessToken)).toBe(401)
  expect(await me(t, changed.json().accessToken)).toBe(200)
  expect((await here.post('/auth/refresh')).statusCode).toBe(200)
  expect((await there.post('/auth/refresh')).statusCode).toBe(401)
  expect((await letterTo(t, email)).template).toBe('password_changed')
})

test('the present password is asked for, and may not be guessed from a page that was left open', async () => {
  await using t = await testApp(many)
  const { email } = await member(t)
  const here = browserOf(t)
  const headers = { authorization: `Bearer ${(await login(here, email)).json().accessToken}` }
  const change = async (current: string) =>
    (await here.post('/auth/change-password', { current, password: NEW_PASSWORD, locale: 'th' }, { headers })).json()
  for (let i = 0; i < 5; i++) expect((await change('a guess')).code).toBe('wrong_password')
  expect((await change(GOOD_PASSWORD)).code).toBe('account_locked')
})

test('two changes at once: the later one finds that the password it knows is no longer the present one', async () => {
  await using t = await testApp(many)
  const { email } = await member(t)
  const browser = browserOf(t)
  const headers = { authorization: `Bearer ${(await login(browser, email)).json().accessToken}` }
  const change = (password: string) =>
    browserOf(t).post('/auth/change-password', { current: GOOD_PASSWORD, password, locale: 'th' }, { headers })
  const codes = (await Promise.all([change(NEW_PASSWORD), change('four silver bridges')])).map(
    answer => answer.statusCode,
  )
  expect(codes).toContain(200)
  expect(codes.filter(code => code === 200)).toHaveLength(1)
})

test('passwords that are guessed first are refused, in every place where one is set', async () => {
  await using t = await testApp(many)
  const { email } = await member(t, { name: 'Somchai Jaidee', email: 'somchai.jaidee@test.example' })
  const token = await askReset(t, email)
  const tried = async (password: string) => (await reset(browserOf(t), token, password)).json().code
  for (const password of ['password12345', 'qwertyuiop12', '1234567890', 'P@ssw0rd1234', 'aaaaaaaaaaaa', '0812345678'])
    expect([password, await tried(password)]).toEqual([password, 'password_common'])
  for (const password of ['somchai1990', 'Jaidee.Somchai', 'somchai.jaidee@test.example', 'ThePixStock12'])
    expect([password, await tried(password)]).toEqual([password, 'password_personal'])
  expect(await tried('ninechars')).toBe('invalid_request')

  const fresh = newcomer(t)
  const register = { email: fresh, name: 'Malee', password: 'password12345', locale: 'th' }
  expect((await browserOf(t).post('/auth/register', register)).json().code).toBe('password_common')
  expect((await t.db.select().from(users).where(eq(users.email, fresh))).length).toBe(0)
})

test('a password of a megabyte is refused before anything costly looks at it', async () => {
  await using t = await testApp()
  const long = 'a'.repeat(1_000_000)
  const token = 'x'
  for (const [url, body] of [
    ['/auth/register', { email: newcomer(t), name: 'A', password: long, locale: 'th' }],
    ['/auth/reset-password', { token, password: long, locale: 'th' }],
    ['/auth/verify-email', { token, password: long }],
    ['/auth/login', { email: newcomer(t), password: long }],
  ] as const) {
    const counted = countStatements(t)
    const answer = await browserOf(t).post(url, body)
    expect([answer.statusCode, answer.json().code, counted()]).toEqual([422, 'invalid_request', 0])
    expect(answer.body).not.toContain('aaaa')
  }
})
