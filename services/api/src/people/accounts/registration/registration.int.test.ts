import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letters, letterTo, newcomer, type TestBrowser } from '../accounts-testing.ts'
import { countStatements } from '../../../testing/count-statements.ts'

const HOUR = 3_600_000
const manyLetters = { settings: { LIMIT_LETTERS_PER_HOUR: '1000', LIMIT_ADDRESS_LETTERS_PER_HOUR: '1000' } }

const register = (browser: TestBrowser, email: string, more: object = {}) =>
  browser.post('/auth/register', { email, name: 'Mali', password: GOOD_PASSWORD, locale: 'th', ...more })
const verify = (browser: TestBrowser, token: string, password: string | undefined = GOOD_PASSWORD) =>
  browser.post('/auth/verify-email', { token, password })
const login = (browser: TestBrowser, email: string, password = GOOD_PASSWORD) =>
  browser.post('/auth/login', { email, password })
const rowOf = async (t: TestApp, email: string) => (await t.db.select().from(users).where(eq(users.email, email)))[0]

test('somebody registers, opens the letter, and is signed in with a verified address and no rights', async () => {
  await using t = await testApp()
  const email = newcomer(t)
  const browser = browserOf(t)

  const answer = await register(browser, email)
  expect([answer.statusCode, answer.body]).toEqual([202, 'null'])
  expect(await letterTo(t, email)).toMatchObject({ template: 'verify_email', locale: 'th', path: '/verify-email' })
  expect((await rowOf(t, email))?.emailVerifiedAt).toBeNull()

  const verified = await verify(browser, (await letterTo(t, email)).token)
  expect(verified.json().user).toMatchObject({ email, name: 'Mali', role: 'user', emailVerified: true })
  expect(Object.keys(browser.cookies).toSorted()).toEqual(['pix_device', 'pix_refresh', 'pix_session'])
})

test('nobody chooses at registration what they may do', async () => {
  await using t = await testApp()
  const answer = await register(browserOf(t), newcomer(t), { role: 'photographer' })
  expect(answer.statusCode).toBe(422)
})

test('the letter leads to the page by a fragment, and neither the token nor the password is stored or answered', async () => {
  await using t = await testApp()
  const email = newcomer(t)
  await register(browserOf(t), email)
  const { token, path } = await letterTo(t, email)
  expect(path).not.toContain(token)
  const kept = JSON.stringify([await t.db.select().from(accountTokens), await t.db.select().from(users)])
  expect(kept).not.toContain(token)
  expect(kept).not.toContain(GOOD_PASSWORD)
})

test('known and unknown addresses are answered alike, by the same number of statements', async () => {
  await using t = await testApp(manyLetters)
  const known = await t.user('customer')
  const waiting = await t.user('customer', { emailVerifiedAt: null })
  const suspended = await t.user('customer', { suspendedAt: t.deps.now() })
  const answers = []
  for (const address of [newcomer(t), known.email, waiting.email, suspended.email]) {
    for (const [url, more] of [
      ['/auth/register', { name: 'Mali', password: GOOD_PASSWORD }],
      ['/auth/verify-email/resend', {}],
    ] as const) {
      const counted = countStatements(t)
      const answer = await browserOf(t).post(url, { email: address, locale: 'en', ...more })
      answers.push([url, answer.statusCode, answer.body, counted()])
    }
  }
  const [first, second] = answers
  expect(first?.[3]).toBeGreaterThan(4)
  expect(answers).toEqual([0, 1, 2, 3].flatMap(() => [first, second]))
  const templates = (await letters(t)).map(({ recipient, template }) => `${recipient} ${template}`)
  expect(templates).toContain(`${known.email} register_known`)
  expect(templates).toContain(`${waiting.email} verify_email`)
  expect(templates).not.toContain(`${known.email} verify_email`)
})

test('who registers a known address changes nothing of its account', async () => {
  await using t = await testApp()
  const known = await t.user('photographer', { emailVerifiedAt: null })
  await register(browserOf(t), known.email, { name: 'Somebody else' })
  expect(await rowOf(t, known.email)).toEqual(expect.objectContaining({ name: known.name, passwordHash: 'none' }))
})

test('an address whose account somebody else registered is not confirmed for them by its owner', async () => {
  await using t = await testApp()
  const email = newcomer(t)
  const thief = browserOf(t, { network: '198.51.100.7' })
  await register(thief, email, { password: 'the thief knows this one' })
  const owner = browserOf(t)
  await register(owner, email)

  const { token } = await letterTo(t, email)
  expect((await verify(owner, token)).json().code).toBe('wrong_password')
  expect((await verify(owner, token, undefined)).json().code).toBe('wrong_password')
  expect((await rowOf(t, email))?.emailVerifiedAt).toBeNull()

  await owner.post('/auth/forgot-password', { email, locale: 'th' })
  const reset = (await letterTo(t, email)).token
  await owner.post('/auth/reset-password', { token: reset, password: GOOD_PASSWORD, locale: 'th' })
  expect((await login(owner, email)).json().user.emailVerified).toBe(true)
  expect((await login(thief, email, 'the thief knows this one')).statusCode).toBe(401)
})

test('who is signed in to the account confirms it by the button alone, and keeps one sign-in', async () => {
  await using t = await testApp()
  const email = newcomer(t)
  const browser = browserOf(t)
  await register(browser, email)
  const { accessToken } = (await login(browser, email)).json()
  const headers = { authorization: `Bearer ${accessToken}` }
  const { token } = await letterTo(t, email)

  const verified = await browser.post('/auth/verify-email', { token }, { headers })

  expect(verified.json().user.emailVerified).toBe(true)
  expect((await browser.post('/auth/refresh')).statusCode).toBe(200)
})

test('a link works once, for its purpose, for three days, and not for an account that is gone', async () => {
  await using t = await testApp(manyLetters)
  t.hold()
  const asked = async () => {
    const email = newcomer(t)
    await register(browserOf(t), email)
    return { email, token: (await letterTo(t, email)).token }
  }
  const [once, late, inTime, gone, suspended, moved] = [
    await asked(),
    await asked(),
    await asked(),
    await asked(),
    await asked(),
    await asked(),
  ]
  const used = async (token: string) => (await verify(browserOf(t), token)).json().code

  expect(await used(once.token)).toBeUndefined()
  expect(await used(once.token)).toBe('link_used_up')
  const reset = { token: inTime.token, password: 'another good one', locale: 'th' }
  expect((await browserOf(t).post('/auth/reset-password', reset)).json().code).toBe('link_used_up')
  await t.db.delete(users).where(eq(users.email, gone.email))
  expect(await used(gone.token)).toBe('link_used_up')
  await t.db.update(users).set({ suspendedAt: t.deps.now() }).where(eq(users.email, suspended.email))
  expect(await used(suspended.token)).toBe('link_used_up')
  await t.db
    .update(users)
    .set({ email: `x-${moved.email}` })
    .where(eq(users.email, moved.email))
  expect(await used(moved.token)).toBe('link_used_up')
  expect(await used('none of ours')).toBe('link_used_up')
  t.forward(72 * HOUR - 1)
  expect(await used(inTime.token)).toBeUndefined()
  t.forward(1)
  expect(await used(late.token)).toBe('link_used_up')
})

test('two who open one link at once: one is signed in', async () => {
  await using t = await testApp()
  const email = newcomer(t)
  await register(browserOf(t), email)
  const { token } = await letterTo(t, email)
  const answers = await Promise.all([verify(browserOf(t), token), verify(browserOf(t), token)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410])
})

test('addresses are one account however they are typed; what cannot be mailed is refused at its field', async () => {
  await using t = await testApp(manyLetters)
  await register(browserOf(t), 'Plus+Tag@ไทย.ไทย')
  const { token } = await letterTo(t, 'plus+tag@xn--o3cw4h.xn--o3cw4h')
  expect((await verify(browserOf(t), token)).statusCode).toBe(200)
  expect((await login(browserOf(t), 'PLUS+TAG@XN--O3CW4H.XN--O3CW4H')).statusCode).toBe(200)

  for (const email of [`${'a'.repeat(309)}@test.example`, 'nobody', 'a@b', 'a b@test.example', '']) {
    const answer = await register(browserOf(t), email)
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.email'])
  }
})

test('names in any script are kept, on one line; a name without a letter is refused', async () => {
  await using t = await testApp(manyLetters)
  for (const [typed, kept] of [
    ['สมชาย ใจดี', 'สมชาย ใจดี'],
    ['  Ærøskøbing\u202E\nอ้อย  ', 'Ærøskøbing อ้อย'],
    ['محمد', 'محمد'],
    ['𠮷野家', '𠮷野家'],
  ] as const) {
    const email = newcomer(t)
    expect((await register(browserOf(t), email, { name: typed })).statusCode).toBe(202)
    expect((await rowOf(t, email))?.name).toBe(kept)
  }
  for (const name of ['', ' \u200B ', '!!!', 'x'.repeat(101)])
    expect((await register(browserOf(t), newcomer(t), { name })).statusCode).toBe(422)
})

test('an unverified member cannot upload or order; a guest orders without an account', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer', { emailVerifiedAt: null })
  const event = await t.event({ status: 'open' })
  await t.invite(event.id, photographer.id)
  const form = new FormData()
  form.set('eventId', event.id)
  form.set('file', new Blob(['x']), 'x.jpg')
  const encoded = new Response(form)
  const upload = await t.app.inject({
    method: 'POST',
    url: '/api/photos/upload',
    headers: { ...photographer.headers, 'content-type': encoded.headers.get('content-type')! },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  expect(upload.json().code).toBe('email_not_verified')

  const member = await t.user('customer', { emailVerifiedAt: null })
  const visitor = await t.visitor()
  const order = (headers: object) =>
    t.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { ...visitor.headers, 'idempotency-key': t.deps.newId(), ...headers },
      payload: { email: member.email, locale: 'th', expectedTotal: { amount: 0, currency: 'THB' } },
    })
  expect((await order(member.headers)).json().code).toBe('email_not_verified')
  expect((await order({})).json().code).toBe('cart_empty')
  expect(await t.db.$count(outgoingMail)).toBe(0)
})
