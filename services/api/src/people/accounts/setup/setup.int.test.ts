import { makeSetupLink } from '@pix/db/make-setup-link.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { setupLinks } from '@pix/db/schema/setup-links.ts'
import { expect, test } from 'vitest'
import { TEST_ORIGIN, testApp, type TestApp } from '../../../testing/test-app.ts'

const DAY = 24 * 3_600_000
const OWNER = { email: 'Owner@Shop.example', name: 'เจ้าของ', password: 'brass kettle over moss' }

async function tokenOf(t: TestApp): Promise<string> {
  const link = await makeSetupLink(t.db, TEST_ORIGIN, t.deps.now())
  return new URL(link!).hash.slice(1)
}
const post = (t: TestApp, url: string, payload: object) => t.app.inject({ method: 'POST', url: `/api${url}`, payload })
const setUp = (t: TestApp, token: string, more: object = {}) => post(t, '/setup', { token, ...OWNER, ...more })

test('the link makes the first admin, who can sign in; after that neither it nor the address is there', async () => {
  await using t = await testApp()
  const token = await tokenOf(t)
  expect((await post(t, '/setup/link', { token })).statusCode).toBe(204)
  expect((await post(t, '/setup/link', { token })).statusCode).toBe(204)
  expect((await setUp(t, token)).statusCode).toBe(201)

  const signedIn = await post(t, '/auth/login', { email: OWNER.email, password: OWNER.password })
  expect(signedIn.json().user).toMatchObject({ email: 'owner@shop.example', role: 'platform_admin' })
  for (const answer of [await post(t, '/setup/link', { token }), await setUp(t, token), await setUp(t, 'none')])
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found'])
  expect(await t.db.select().from(setupLinks)).toEqual([])
  const [line] = await t.db.select().from(auditEvents)
  expect(line).toMatchObject({ action: 'setup.admin', actorId: (await t.db.select().from(users))[0]!.id })
  expect(await makeSetupLink(t.db, TEST_ORIGIN, t.deps.now())).toBeNull()
})

test('the token of a link is kept as a hash, and is in no answer', async () => {
  await using t = await testApp()
  const token = await tokenOf(t)
  expect(token.length).toBeGreaterThanOrEqual(43)
  expect(JSON.stringify(await t.db.select().from(setupLinks))).not.toContain(token)
  expect((await setUp(t, token)).body).not.toContain(token)
})

test('a link that is none, or older than a day, is refused and makes nobody', async () => {
  await using t = await testApp()
  const token = await tokenOf(t)
  expect((await setUp(t, 'none')).json().code).toBe('setup_link_invalid')
  t.forward(DAY + 1_000)
  expect((await post(t, '/setup/link', { token })).statusCode).toBe(410)
  expect((await setUp(t, token)).statusCode).toBe(410)
  expect(await t.db.select().from(users)).toEqual([])
})

test('each start has a link of its own, and two used at once make one admin', async () => {
  await using t = await testApp()
  const tokens = [await tokenOf(t), await tokenOf(t)]
  const answers = await Promise.all(tokens.map((token, i) => setUp(t, token, { email: `owner-${i}@shop.example` })))
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 404])
  expect((await t.db.select().from(users)).map(({ role }) => role)).toEqual(['platform_admin'])
})

test('a setup that was refused, or ended before its answer, is done again by the same link', async () => {
  await using t = await testApp()
  const token = await tokenOf(t)
  expect((await setUp(t, token, { password: 'short' })).statusCode).toBe(422)
  expect((await setUp(t, token, { password: 'password1234' })).json().code).toBe('password_common')
  expect((await setUp(t, token, { email: 'no address' })).json().errors[0].path).toBe('body.email')
  expect((await setUp(t, token)).statusCode).toBe(201)
})

test('an account that somebody registered for the address before is taken over with no sign-in of theirs left', async () => {
  await using t = await testApp()
  const squatter = await t.user('customer', { email: 'owner@shop.example', suspendedAt: new Date() })
  const token = await tokenOf(t)
  expect((await setUp(t, token)).statusCode).toBe(201)

  const [admin] = await t.db.select().from(users)
  expect(admin).toMatchObject({ id: squatter.id, role: 'platform_admin', suspendedAt: null, name: OWNER.name })
  const { headers } = squatter
  expect((await t.app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(401)
})

test('a suspended admin keeps the setup closed: who runs the installation lets them in again', async () => {
  await using t = await testApp()
  await t.user('admin', { suspendedAt: new Date() })
  expect(await makeSetupLink(t.db, TEST_ORIGIN, t.deps.now())).toBeNull()
  expect((await setUp(t, 'none')).statusCode).toBe(404)
})
