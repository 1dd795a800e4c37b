import { accountTokens, users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letters, letterTo, newcomer, type TestBrowser } from '../accounts-testing.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { hashPassword } from '../passwords.ts'
import { hashesOfCode } from '../../../base/codes.ts'

const MINUTE = 60_000

async function ask(t: TestApp, browser: TestBrowser, email: string) {
  const answer = await browser.post('/auth/otp', { email, locale: 'th' })
  expect(answer.statusCode).toBe(202)
  return { ticket: answer.json().ticket as string, code: (await letterTo(t, email)).code }
}
const use = (browser: TestBrowser, { ticket, code }: { ticket: string; code: string }) =>
  browser.post('/auth/otp/verify', { ticket, code })
const otherThan = (code: string) => (code === '111111' ? '222222' : '111111')

test('a code of a letter signs in, once', async () => {
  await using t = await testApp()
  const { email } = await t.user('customer')
  const browser = browserOf(t)
  const asked = await ask(t, browser, email)
  expect(asked.code).toMatch(/^\d{6}$/)

  expect((await use(browser, asked)).json().user.email).toBe(email)
  expect((await use(browser, asked)).json().code).toBe('wrong_code')
  expect((await browser.post('/auth/refresh')).statusCode).toBe(200)
})

test('a code is good for ten minutes', async () => {
  await using t = await testApp()
  t.hold()
  const { email } = await t.user('customer')
  const [early, late] = [await ask(t, browserOf(t), email), await ask(t, browserOf(t), email)]
  t.forward(10 * MINUTE - 1)
  expect((await use(browserOf(t), early)).statusCode).toBe(200)
  t.forward(1)
  expect((await use(browserOf(t), late)).json().code).toBe('wrong_code')
})

test('a code is tried five times, together or in a row', async () => {
  await using t = await testApp()
  const { email } = await t.user('customer')
  const asked = await ask(t, browserOf(t), email)
  const wrong = { ...asked, code: otherThan(asked.code) }
  await Promise.all(Array.from({ length: 8 }, () => use(browserOf(t), wrong)))
  expect((await use(browserOf(t), asked)).json().code).toBe('wrong_code')

  const again = await ask(t, browserOf(t), email)
  for (let i = 0; i < 4; i++) await use(browserOf(t), { ...again, code: otherThan(again.code) })
  expect((await use(browserOf(t), again)).statusCode).toBe(200)
})

test('a stranger who asks for codes and guesses them leaves the owner’s code as it was', async () => {
  await using t = await testApp()
  const { email } = await t.user('customer')
  const owner = browserOf(t)
  const mine = await ask(t, owner, email)
  const stranger = browserOf(t, { network: '198.51.100.7' })
  const theirs = await ask(t, stranger, email)
  for (let i = 0; i < 6; i++) await use(stranger, { ...theirs, code: otherThan(theirs.code) })
  expect((await use(stranger, { ticket: theirs.ticket, code: mine.code })).json().code).toBe('wrong_code')

  expect((await use(owner, mine)).statusCode).toBe(200)
})

test('neither the code nor a hash that could be tried through is stored; letters lose it with their secrets', async () => {
  await using t = await testApp()
  const { email } = await t.user('customer')
  const asked = await ask(t, browserOf(t), email)
  const [row] = await t.db.select().from(accountTokens)
  expect(JSON.stringify(row)).not.toContain(asked.code)
  const [other] = [await ask(t, browserOf(t), email)]
  expect(other.ticket).not.toBe(asked.ticket)
  expect((await letters(t)).map(({ facts }) => JSON.stringify(facts)).join()).not.toMatch(/\d{6}/)
})

test('every address is answered alike, by the same number of statements, and no code of an unknown one opens anything', async () => {
  await using t = await testApp()
  const suspended = await t.user('customer', { suspendedAt: t.deps.now() })
  const answers = []
  const opened: number[] = []
  for (const email of [newcomer(t), (await t.user('customer')).email, suspended.email]) {
    const counted = countStatements(t)
    const answer = await browserOf(t).post('/auth/otp', { email, locale: 'th' })
    answers.push([answer.statusCode, Object.keys(answer.json()), counted()])
    const { ticket } = answer.json()
    await t.db
      .update(accountTokens)
      .set({ tokenHash: hashesOfCode(t.system, ticket, '123456')[0]! })
      .where(eq(accountTokens.id, ticket))
    opened.push((await use(browserOf(t), { ticket, code: '123456' })).statusCode)
  }
  expect(answers).toEqual([answers[0], answers[0], answers[0]])
  expect(opened).toEqual([422, 200, 422])
})

test('a stranger who registered the address before it was verified is out once its owner signs in by a code', async () => {
  await using t = await testApp()
  const { id, email } = await t.user('customer', {
    emailVerifiedAt: null,
    passwordHash: await hashPassword(GOOD_PASSWORD),
  })
  const before = browserOf(t, { network: '198.51.100.7' })
  const { accessToken } = (await before.post('/auth/login', { email, password: GOOD_PASSWORD })).json()

  const owner = browserOf(t)
  const signedIn = await use(owner, await ask(t, owner, email))

  expect(signedIn.json().user).toMatchObject({ id, emailVerified: true, hasPassword: false })
  expect((await before.post('/auth/refresh')).statusCode).toBe(401)
  expect((await before.post('/auth/login', { email, password: GOOD_PASSWORD })).statusCode).toBe(401)
  const headers = { authorization: `Bearer ${accessToken}` }
  expect((await t.app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(401)
})

test('an account that was suspended meanwhile is not opened', async () => {
  await using t = await testApp()
  const { id, email } = await t.user('customer')
  const asked = await ask(t, browserOf(t), email)
  await t.db.update(users).set({ suspendedAt: t.deps.now() }).where(eq(users.id, id))
  expect((await use(browserOf(t), asked)).json().code).toBe('wrong_code')
})

test('a network asks for so many letters to an address an hour; strangers cannot use up what the owner has elsewhere', async () => {
  await using t = await testApp({ settings: { LIMIT_LETTERS_PER_HOUR: '2' } })
  const { email } = await t.user('customer')
  const stranger = browserOf(t, { network: '198.51.100.7' })
  const asks = async (browser: TestBrowser, url = '/auth/otp') =>
    (await browser.post(url, { email, locale: 'th' })).statusCode
  expect([await asks(stranger), await asks(stranger, '/auth/forgot-password'), await asks(stranger)]).toEqual([
    202, 202, 429,
  ])
  expect(await asks(browserOf(t))).toBe(202)
})

test('all strangers together send one address so many letters an hour; a browser that signed in before goes on', async () => {
  await using t = await testApp({ settings: { LIMIT_ADDRESS_LETTERS_PER_HOUR: '2' } })
  const { email } = await t.user('customer')
  const owner = browserOf(t)
  await use(owner, await ask(t, owner, email))
  const asks = async (browser: TestBrowser) => (await browser.post('/auth/otp', { email, locale: 'th' })).statusCode
  const networks = ['198.51.100.1', '198.51.100.2', '198.51.100.3']
  const answers = []
  for (const network of networks) answers.push(await asks(browserOf(t, { network })))
  expect(answers).toEqual([202, 429, 429])
  expect(await asks(owner)).toBe(202)
})
