import { CAPTCHA_HEADER, captchaHeader } from '@pix/contracts/captcha.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { expect, test } from 'vitest'
import { Settings } from '../../../settings.ts'
import { environment } from '../../../testing/environment.ts'
import { askCaptcha, solve, solvedCaptcha } from '../../../testing/solved-captcha.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, newcomer } from '../accounts-testing.ts'
import { hashPassword } from '../passwords.ts'

const REQUIRED = { settings: { CAPTCHA: 'required', LIMIT_LOGINS_PER_MINUTE: '1000' } }
type Headers = Record<string, string>

const letter = (t: TestApp) => ({ email: newcomer(t), locale: 'th' })
/** Every request that always needs a captcha, each of them right otherwise. */
const ASKED = {
  '/auth/register': (t: TestApp) => ({ ...letter(t), name: 'Mali', password: GOOD_PASSWORD }),
  '/auth/verify-email/resend': letter,
  '/auth/forgot-password': letter,
  '/auth/otp': letter,
} as const

const forgot = async (t: TestApp, headers: Headers) => {
  const answer = await browserOf(t).post('/auth/forgot-password', letter(t), { headers })
  return answer.statusCode === 202 ? 'taken' : answer.json<{ code: string }>().code
}

test('whatever makes us send a letter needs a solved captcha, and does nothing without one', async () => {
  await using t = await testApp(REQUIRED)
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, { post?: { parameters?: { name: string }[] } }>
  }>()
  const asks = Object.keys(paths).filter(path =>
    paths[path]?.post?.parameters?.some(({ name }) => name === 'X-Captcha'),
  )
  expect(asks.toSorted()).toEqual([...Object.keys(ASKED), '/auth/login'].map(url => `/api${url}`).toSorted())

  for (const [url, bodyOf] of Object.entries(ASKED)) {
    const without = await browserOf(t).post(url, bodyOf(t))
    expect([url, without.statusCode, without.json().code]).toEqual([url, 403, 'captcha_needed'])
    expect(without.headers['content-type']).toContain('application/problem+json')
  }
  expect(await t.db.$count(outgoingMail)).toBe(0)

  for (const [url, bodyOf] of Object.entries(ASKED)) {
    const headers = await solvedCaptcha(t)
    expect([url, (await browserOf(t).post(url, bodyOf(t), { headers })).statusCode]).toEqual([url, 202])
  }
})

test('a solution is good once, also for two requests sent together', async () => {
  await using t = await testApp(REQUIRED)
  const headers = await solvedCaptcha(t)
  expect((await Promise.all([forgot(t, headers), forgot(t, headers)])).toSorted()).toEqual(['captcha_refused', 'taken'])
  expect(await forgot(t, headers)).toBe('captcha_refused')
})

test('a solution is good for ten minutes', async () => {
  await using t = await testApp(REQUIRED)
  const [early, late] = [await solvedCaptcha(t), await solvedCaptcha(t)]
  t.forward(590_000)
  expect(await forgot(t, early)).toBe('taken')
  t.forward(11_000)
  expect(await forgot(t, late)).toBe('captcha_refused')
})

test('what we did not sign, and what is not the solution, is refused', async () => {
  await using t = await testApp(REQUIRED)
  const challenge = await askCaptcha(t)
  const { parameters, signature } = challenge
  const later = { ...challenge, parameters: { ...parameters, expiresAt: parameters.expiresAt + 600 } }
  const easier = { ...challenge, parameters: { ...parameters, keyPrefix: '0' } }
  const forged: Headers[] = [
    await solve(later),
    await solve(easier),
    captchaHeader({ challenge, solution: { counter: 0, derivedKey: '00'.repeat(32) } }),
    captchaHeader({
      challenge: { parameters, signature: '00'.repeat(32) },
      solution: { counter: 0, derivedKey: '00' },
    }),
    { [CAPTCHA_HEADER]: 'not base64 of anything' },
    { [CAPTCHA_HEADER]: '' },
    { [CAPTCHA_HEADER]: btoa('null') },
    { [CAPTCHA_HEADER]: btoa(JSON.stringify({ challenge: { parameters, signature } })) },
  ]
  for (const headers of forged) expect([headers, await forgot(t, headers)]).toEqual([headers, 'captcha_refused'])
  expect(await forgot(t, await solve(challenge))).toBe('taken')
})

test('a solution of another installation is refused', async () => {
  await using t = await testApp(REQUIRED)
  await using other = await testApp({
    settings: { ...REQUIRED.settings, JWT_SECRET: 'another-secret-of-tests-0123456789abc' },
  })
  expect(await forgot(t, await solvedCaptcha(other))).toBe('captcha_refused')
})

test('signing in asks for one after three failures from there, whether the account exists or not', async () => {
  await using t = await testApp(REQUIRED)
  const { email } = await t.user('customer', { passwordHash: await hashPassword(GOOD_PASSWORD) })
  for (const address of [email, newcomer(t)]) {
    const browser = browserOf(t)
    const login = async (password: string, headers: Headers = {}) =>
      (await browser.post('/auth/login', { email: address, password }, { headers })).json<{ code?: string }>().code
    for (let failure = 0; failure < 3; failure++) expect(await login('wrong')).toBe('wrong_credentials')
    expect(await login('wrong')).toBe('captcha_needed')
    expect(await login(GOOD_PASSWORD)).toBe('captcha_needed')
    expect(await login('wrong', await solvedCaptcha(t))).toBe('wrong_credentials')
    const right = await login(GOOD_PASSWORD, await solvedCaptcha(t))
    expect(right).toBe(address === email ? undefined : 'wrong_credentials')
  }
  const elsewhere = browserOf(t, { network: '198.51.100.7' })
  expect((await elsewhere.post('/auth/login', { email, password: GOOD_PASSWORD })).statusCode).toBe(200)
})

test('production does not start without captchas', () => {
  const { success, error } = Settings.safeParse({ ...environment('postgres://a', 'redis://a'), MODE: 'production' })
  expect(success).toBe(false)
  expect(error!.issues.map(({ path }) => path.join('.'))).toContain('CAPTCHA')
})
