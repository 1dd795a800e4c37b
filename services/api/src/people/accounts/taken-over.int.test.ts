import { makeSetupLink } from '@pix/db/make-setup-link.ts'
import { knownDevices, users } from '@pix/db/schema/auth.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { lostSecondFactors, recoveryCodes, secondFactors } from '@pix/db/schema/second-factors.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertInvitation } from '../../testing/invitations.ts'
import { TEST_ORIGIN, type TestApp, testApp } from '../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letterTo, newcomer, type TestBrowser } from './accounts-testing.ts'
import { hashPassword } from './passwords.ts'
import { codeAt, factorOf } from './second-factor/factor-testing.ts'
import { newSecret } from './second-factor/totp.ts'

const THIEFS = 'the thief knows this one'
const many = { LIMIT_LETTERS_PER_HOUR: '1000', LIMIT_LOGINS_PER_MINUTE: '1000' }

let t: TestApp
beforeAll(async () => {
  t = await testApp({ settings: many })
})
afterAll(() => t[Symbol.asyncDispose]())

/** Somebody registered a stranger's address, signed in, and has every further way in that there is. */
async function thief() {
  const email = newcomer(t)
  const { id } = await t.user('customer', { email, emailVerifiedAt: null, passwordHash: await hashPassword(THIEFS) })
  const browser = browserOf(t, { network: '198.51.100.7' })
  const { accessToken } = (await browser.post('/auth/login', { email, password: THIEFS })).json()
  const at = t.deps.now()
  await t.db
    .insert(identities)
    .values({ id: t.deps.newId(), issuer: 'https://stranger.example', subject: id, userId: id })
  const secret = seal(t.deps.settings.COLUMN_KEYS, secondFactors.secret, id, newSecret())
  await t.db.insert(secondFactors).values({ userId: id, secret, confirmedAt: at })
  await t.db.insert(recoveryCodes).values({ id: t.deps.newId(), userId: id, codeHash: id })
  const waitsUntil = new Date(at.getTime() + 1)
  await t.db.insert(lostSecondFactors).values({ userId: id, keepHash: id, askedAt: at, waitsUntil })
  return { id, email, browser, headers: { authorization: `Bearer ${accessToken}` } }
}
type Thief = Awaited<ReturnType<typeof thief>>

const byReset = async (owner: TestBrowser, { email }: Thief) => {
  await owner.post('/auth/forgot-password', { email, locale: 'th' })
  const { token } = await letterTo(t, email)
  return owner.post('/auth/reset-password', { token, password: GOOD_PASSWORD, locale: 'th' })
}
const byCode = async (owner: TestBrowser, { email }: Thief) => {
  const { ticket } = (await owner.post('/auth/otp', { email, locale: 'th' })).json<{ ticket: string }>()
  return owner.post('/auth/otp/verify', { ticket, code: (await letterTo(t, email)).code })
}
const byInvitation = async (owner: TestBrowser, { email }: Thief) => {
  const { token } = await insertInvitation(t, { studioId: HOUSE_STUDIO, email })
  return owner.post('/invitations/register', { token, name: 'Mali', password: GOOD_PASSWORD })
}
const bySetup = async (owner: TestBrowser, { email }: Thief) => {
  const token = new URL((await makeSetupLink(t.db, TEST_ORIGIN, t.deps.now()))!).hash.slice(1)
  return owner.post('/setup', { token, email, name: 'Mali', password: GOOD_PASSWORD })
}

test.each([
  ['a new password by letter', byReset],
  ['a code of a letter', byCode],
  ['an invitation', byInvitation],
  ['the link of the first setup', bySetup],
])('who takes an account of an unverified address by %s shares it with nobody', async (_, take) => {
  const before = await thief()
  const owner = browserOf(t)
  expect((await take(owner, before)).statusCode).toBeLessThan(300)

  for (const table of [identities, secondFactors, recoveryCodes, lostSecondFactors])
    expect(await t.db.$count(table, eq(table.userId, before.id))).toBe(0)
  const own = 'pix_device' in owner.cookies ? 1 : 0
  expect(await t.db.$count(knownDevices, eq(knownDevices.userId, before.id))).toBe(own)
  expect((await t.app.inject({ url: '/api/auth/me', headers: before.headers })).statusCode).toBe(401)
  expect((await before.browser.post('/auth/refresh')).statusCode).toBe(401)
  const login = { email: before.email, password: THIEFS }
  expect((await before.browser.post('/auth/login', login)).statusCode).toBe(401)
  const [user] = await t.db.select().from(users).where(eq(users.id, before.id))
  expect(user!.emailVerifiedAt).not.toBeNull()
})

test('a new password by letter leaves a verified account its second factor and its providers', async () => {
  const before = await thief()
  await t.db.update(users).set({ emailVerifiedAt: t.deps.now() }).where(eq(users.id, before.id))
  expect((await byReset(browserOf(t), before)).statusCode).toBe(204)
  for (const table of [identities, secondFactors, recoveryCodes])
    expect(await t.db.$count(table, eq(table.userId, before.id))).toBe(1)
})

test('an account of an unverified address gets no second factor', async () => {
  const { id, headers } = await t.user('customer', { emailVerifiedAt: null, passwordHash: null })
  const factor = factorOf(t, headers)
  const begun = await factor.begin(null)
  expect([begun.statusCode, begun.json().code]).toEqual([403, 'email_not_verified'])
  await t.db.update(users).set({ emailVerifiedAt: t.deps.now() }).where(eq(users.id, id))
  const { secret } = (await factor.begin(null)).json<{ secret: string }>()
  await t.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, id))
  expect((await factor.confirm(codeAt(t, secret))).json().code).toBe('email_not_verified')
})
