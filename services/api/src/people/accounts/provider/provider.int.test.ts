import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letters, letterTo } from '../accounts-testing.ts'
import { enrolled, PASSWORD, person } from '../second-factor/factor-testing.ts'
import { linkAt, signInAt, startProvider } from './provider-testing.ts'

const ANNA = { email: 'Anna@gmail.example', email_verified: true, name: 'แอนนา' }
/** An account without a password. */
const BY_CODE = { passwordHash: null }
const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code: string }>().code

test('somebody new gets an account with a verified address and no password, and comes back to it', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const first = await signInAt(provider, browserOf(t), 'g-1')
  expect(first.json()).toMatchObject({
    user: { email: 'anna@gmail.example', name: 'แอนนา', role: 'user', emailVerified: true, hasPassword: false },
  })
  const again = await signInAt(provider, browserOf(t), 'g-1')
  expect(again.json()).toMatchObject({ user: { id: first.json<{ user: { id: string } }>().user.id } })
  expect(await t.db.select().from(users)).toHaveLength(1)
})

test('the address is asked for at the provider where the ID token does not say it', async () => {
  await using provider = await startProvider({ 'g-1': ANNA }, { claimsInToken: false })
  await using t = await testApp(provider)
  expect((await signInAt(provider, browserOf(t), 'g-1')).json()).toMatchObject({ user: { name: 'แอนนา' } })
})

test('it joins an account of the same address only where both sides have verified it', async () => {
  await using provider = await startProvider({
    'g-1': { ...ANNA, email_verified: false },
    'g-2': ANNA,
    'g-3': { name: 'No address' },
  })
  await using t = await testApp(provider)
  const anna = await t.user('photographer', { email: 'anna@gmail.example', emailVerifiedAt: null })
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-1'))).toBe('provider_email_unverified')
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-3'))).toBe('provider_email_unverified')
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-2'))).toBe('sign_in_to_link')
  expect(await t.db.select().from(identities)).toEqual([])

  await t.db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, anna.id))
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-1'))).toBe('provider_email_unverified')
  expect((await signInAt(provider, browserOf(t), 'g-2')).json()).toMatchObject({ user: { id: anna.id } })
})

test('an identity opens its account whatever the address is later, and no other identity does', async () => {
  const accounts = { 'g-1': { ...ANNA }, 'g-2': ANNA }
  await using provider = await startProvider(accounts)
  await using t = await testApp(provider)
  const { user } = (await signInAt(provider, browserOf(t), 'g-1')).json<{ user: { id: string } }>()
  accounts['g-1'].email = 'other@gmail.example'
  expect((await signInAt(provider, browserOf(t), 'g-1')).json()).toMatchObject({ user: { id: user.id } })
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-2'))).toBe('sign_in_to_link')
})

test('the second factor is asked for after the provider as well', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const anna = await person(t)
  await t.db
    .update(users)
    .set({ email: 'anna@gmail.example', emailVerifiedAt: new Date() })
    .where(eq(users.id, anna.id))
  const app = await enrolled(t, anna)
  const browser = browserOf(t)
  expect(codeOf(await signInAt(provider, browser, 'g-1'))).toBe('second_factor_needed')
  expect(Object.keys(browser.cookies)).toEqual(['pix_challenge'])
  const answered = await browser.post('/auth/second-factor/answer', { code: app.code(), locale: 'en' })
  expect(answered.json()).toMatchObject({ user: { id: anna.id } })
})

test('a suspended account is not opened', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  await signInAt(provider, browserOf(t), 'g-1')
  await t.db.update(users).set({ suspendedAt: new Date() })
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-1'))).toBe('provider_refused')
})

test('an answer is good for the browser that asked, once, and for nothing else', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const [mine, theirs] = [browserOf(t), browserOf(t)]
  const begin = async (browser: typeof mine) => (await browser.post('/auth/provider/begin')).json<{ url: string }>().url
  const finish = (browser: typeof mine, search: string) =>
    browser.post('/auth/provider/finish', { search, locale: 'en' })

  const url = new URL(await begin(mine))
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
  await begin(theirs)
  const search = await provider.visit(url.href, 'g-1')
  expect(codeOf(await finish(theirs, search))).toBe('provider_refused')
  expect(codeOf(await finish(browserOf(t), search))).toBe('provider_refused')
  const cookies = { ...mine.cookies }
  expect((await finish(mine, search)).statusCode).toBe(200)
  Object.assign(mine.cookies, cookies)
  expect(codeOf(await finish(mine, search))).toBe('provider_refused')

  await begin(mine)
  expect(codeOf(await finish(mine, '?error=access_denied&state=x'))).toBe('provider_refused')
  await begin(mine)
  expect(codeOf(await finish(mine, '//elsewhere.example/?code=1'))).toBe('provider_refused')
})

test('who is signed in links their account, and only one account has an identity', async () => {
  await using provider = await startProvider({ 'g-1': { email: 'work@gmail.example', email_verified: false } })
  await using t = await testApp(provider)
  const [anna, ben] = [await t.user('customer', BY_CODE), await t.user('customer', BY_CODE)]
  const link = async ({ headers }: typeof anna) =>
    (await t.app.inject({ url: '/api/auth/provider/link', headers })).json()
  expect(await link(anna)).toEqual({ name: 'Stranger', isLinked: false, back: null })
  expect((await linkAt(provider, browserOf(t), 'g-1', anna)).statusCode).toBe(204)
  expect(await link(anna)).toEqual({ name: 'Stranger', isLinked: true, back: null })
  expect((await linkAt(provider, browserOf(t), 'g-1', anna)).statusCode).toBe(204)
  expect(codeOf(await linkAt(provider, browserOf(t), 'g-1', ben))).toBe('identity_taken')
  expect((await signInAt(provider, browserOf(t), 'g-1')).json()).toMatchObject({ user: { id: anna.id } })

  const remove = () => browserOf(t).post('/auth/provider/unlink', { locale: 'en' }, { headers: anna.headers })
  expect((await remove()).statusCode).toBe(204)
  expect((await remove()).statusCode).toBe(404)
  expect(codeOf(await signInAt(provider, browserOf(t), 'g-1'))).toBe('provider_email_unverified')
})

test('nobody links a provider to an account whose address they have not verified', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const anna = await t.user('customer', BY_CODE)
  const browser = browserOf(t)
  const { url } = (await browser.post('/auth/provider/link/begin', {}, { headers: anna.headers })).json<{
    url: string
  }>()
  const search = await provider.visit(url, 'g-1')
  await t.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, anna.id))
  expect(codeOf(await browser.post('/auth/provider/link', { search, locale: 'en' }, { headers: anna.headers }))).toBe(
    'email_not_verified',
  )
  expect(codeOf(await browser.post('/auth/provider/link/begin', {}, { headers: anna.headers }))).toBe(
    'email_not_verified',
  )
  expect(await t.db.select().from(identities)).toEqual([])
})

test('linking and unlinking ask for the password, and each writes a letter and an audit line', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const anna = await person(t)
  const begin = (password?: string) =>
    browserOf(t).post('/auth/provider/link/begin', { password }, { headers: anna.headers })
  for (const password of [undefined, 'not theirs']) expect(codeOf(await begin(password))).toBe('wrong_password')
  expect((await linkAt(provider, browserOf(t), 'g-1', anna, PASSWORD)).statusCode).toBe(204)
  const unlink = (password?: string) =>
    browserOf(t).post('/auth/provider/unlink', { password, locale: 'th' }, { headers: anna.headers })
  expect(codeOf(await unlink())).toBe('wrong_password')
  expect(await t.db.select().from(identities)).toHaveLength(1)
  expect((await unlink(PASSWORD)).statusCode).toBe(204)

  const written = (await letters(t)).toReversed()
  expect(written.map(({ template, recipient, facts, locale }) => [template, recipient, facts, locale])).toEqual([
    ['provider_linked', anna.email, { provider: 'Stranger' }, 'en'],
    ['provider_unlinked', anna.email, { provider: 'Stranger' }, 'th'],
  ])
  const lines = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(lines.map(({ action, actorId }) => [action, actorId])).toEqual([
    ['account.provider_link', anna.id],
    ['account.provider_unlink', anna.id],
  ])
})

test('the owner of an account that a sign-in at the provider joins gets a letter; the letter of a reset names what opens the account still', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  await t.user('customer', { email: 'anna@gmail.example' })
  expect((await signInAt(provider, browserOf(t), 'g-1')).statusCode).toBe(200)
  expect(await letterTo(t, 'anna@gmail.example')).toMatchObject({ template: 'provider_linked' })
  await signInAt(provider, browserOf(t), 'g-1')
  expect(await letters(t)).toHaveLength(1)

  await browserOf(t).post('/auth/forgot-password', { email: 'anna@gmail.example', locale: 'en' })
  const { token } = await letterTo(t, 'anna@gmail.example')
  await browserOf(t).post('/auth/reset-password', { token, password: GOOD_PASSWORD, locale: 'en' })
  expect(await letterTo(t, 'anna@gmail.example')).toMatchObject({
    template: 'password_changed',
    facts: { providers: 'Stranger' },
  })
  const lines = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(lines.map(({ action }) => action)).toEqual(['account.provider_link', 'account.password_reset'])
})

test('what was begun as a sign-in links nothing, and a link begun by one account ends in no other', async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const [anna, ben] = [await t.user('customer', BY_CODE), await t.user('customer', BY_CODE)]
  const browser = browserOf(t)
  const asAnna = { headers: anna.headers }
  const { url } = (await browser.post('/auth/provider/begin')).json<{ url: string }>()
  const search = await provider.visit(url, 'g-1')
  expect(codeOf(await browser.post('/auth/provider/link', { search, locale: 'en' }, asAnna))).toBe('provider_refused')
  const linking = (await browser.post('/auth/provider/link/begin', {}, asAnna)).json<{ url: string }>()
  const linked = await provider.visit(linking.url, 'g-1')
  expect(
    codeOf(await browser.post('/auth/provider/link', { search: linked, locale: 'en' }, { headers: ben.headers })),
  ).toBe('provider_refused')
  expect(await t.db.select().from(identities)).toEqual([])
})

test('without settings there is no provider, and one that is away is said to be away', async () => {
  await using without = await testApp()
  expect((await without.app.inject({ url: '/api/auth/provider' })).json()).toEqual({ name: null })
  expect((await browserOf(without).post('/auth/provider/begin')).statusCode).toBe(404)

  const provider = await startProvider({ 'g-1': ANNA })
  await provider[Symbol.asyncDispose]()
  await using t = await testApp(provider)
  expect((await t.app.inject({ url: '/api/auth/provider' })).json()).toEqual({ name: 'Stranger' })
  expect(codeOf(await browserOf(t).post('/auth/provider/begin'))).toBe('provider_unavailable')
})

test("nobody is sent to the provider from a studio's storefront, which it cannot send them back to", async () => {
  await using provider = await startProvider({ 'g-1': ANNA })
  await using t = await testApp(provider)
  const { slug } = await t.studio()
  const { headers } = await t.user('photographer', BY_CODE)
  const host = `${slug}.shop.test`
  for (const url of ['/auth/provider/begin', '/auth/provider/link/begin']) {
    const answer = await browserOf(t).post(url, {}, { headers: { ...headers, host, origin: `http://${host}` } })
    expect([url, answer.statusCode]).toEqual([url, 404])
  }
})

test("a person who comes from a storefront to link the provider's account gets the link back to that studio, and to no other place", async () => {
  await using t = await testApp()
  const { slug, nameTh, nameEn } = await t.studio({ slug: 'moon' })
  const { headers } = await t.user('customer', BY_CODE)
  const backOf = async (from: string) =>
    (await t.app.inject({ url: `/api/auth/provider/link?from=${encodeURIComponent(from)}`, headers })).json().back
  expect(await backOf(slug)).toEqual({
    name: { th: nameTh, en: nameEn },
    url: 'http://moon.shop.test/account/two-factor',
  })
  for (const from of ['nobody', 'evil.example/', '', '@evil.example']) expect(await backOf(from)).toBeNull()
})
