import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { enrolled, factorOf, type Person, person } from './factor-testing.ts'

const DAY_MS = 86_400_000
const REQUIRED = { settings: { SECOND_FACTOR: 'required', REFRESH_DAYS: '60' } }

/** What a request with this account's token is answered; tokens of 15 minutes are made again. */
async function ask(t: TestApp, user: { id: string }, url: string) {
  const [row] = await t.db.select().from(users).where(eq(users.id, user.id))
  const iat = Math.floor(t.deps.now().getTime() / 1000)
  const token = t.app.jwt.sign({ sub: row!.id, role: row!.role, sv: row!.sessionVersion, iat })
  const headers = { authorization: `Bearer ${token}` }
  const answer = await t.app.inject({ url, headers })
  const code = String(answer.headers['content-type']).includes('problem') ? answer.json<{ code: string }>().code : null
  return { status: answer.statusCode, code, headers }
}

/** The end of the days of grace, as a sign-in says it. */
const dueAtOf = async (user: Person) =>
  (await user.login()).json<{ user: { secondFactorDueAt: string | null } }>().user.secondFactorDueAt

const WALL = { status: 403, code: 'second_factor_required' }

test('an admin has seven days from the first request on, then nothing but turning it on', async () => {
  await using t = await testApp(REQUIRED)
  const admin = await person(t, 'admin')
  t.forward(30 * DAY_MS)
  expect(await ask(t, admin, '/api/admin/audit')).toMatchObject({ status: 200 })
  const { headers } = await ask(t, admin, '/api/auth/me')
  const { dueAt, isRequired } = await factorOf(t, headers).read()
  expect(isRequired).toBe(true)
  expect(new Date(dueAt as string).getTime() - t.deps.now().getTime()).toBeGreaterThan(6.9 * DAY_MS)

  t.forward(7 * DAY_MS - 60_000)
  expect(await ask(t, admin, '/api/admin/audit')).toMatchObject({ status: 200 })
  t.forward(60_001)
  for (const url of ['/api/admin/audit', '/api/revenue/summary', '/api/events?scope=crew']) {
    expect([url, await ask(t, admin, url)]).toMatchObject([url, url.includes('?') ? { status: 401 } : WALL])
  }
  const late = await ask(t, admin, '/api/auth/me')
  expect(late.status).toBe(200)

  await enrolled(t, { factor: factorOf(t, late.headers) })
  expect(await ask(t, admin, '/api/admin/audit')).toMatchObject({ status: 200 })
})

test('on public routes an account behind its days is a stranger', async () => {
  await using t = await testApp(REQUIRED)
  const admin = await person(t, 'admin')
  const event = await t.event({ status: 'planning' })
  expect(await ask(t, admin, `/api/events/${event.id}`)).toMatchObject({ status: 200 })
  t.forward(8 * DAY_MS)
  expect(await ask(t, admin, `/api/events/${event.id}`)).toMatchObject({ status: 404 })
  expect(await ask(t, admin, '/api/events')).toMatchObject({ status: 200 })
})

test('the owner of a studio has to have it, a manager and a customer do not', async () => {
  await using t = await testApp(REQUIRED)
  const studioId = newId()
  await t.db.insert(studios).values({ id: studioId, slug: 'two', nameTh: 'สอง', nameEn: 'Two' })
  const [owner, manager, customer] = [await person(t), await person(t), await person(t)]
  await t.db.insert(studioMembers).values([
    { studioId, userId: owner.id, role: 'owner' },
    { studioId, userId: manager.id, role: 'manager' },
  ])
  const everybody = [owner, manager, customer]
  for (const who of everybody) await ask(t, who, '/api/auth/me')
  t.forward(8 * DAY_MS)
  const required = []
  for (const who of everybody) {
    const { headers } = await ask(t, who, '/api/auth/me')
    required.push((await factorOf(t, headers).read()).isRequired)
  }
  expect(required).toEqual([true, false, false])
})

test('who turns it off behind the days of grace enrols before anything else', async () => {
  await using t = await testApp(REQUIRED)
  const admin = await person(t, 'admin')
  const app = await enrolled(t, admin)
  t.forward(30 * DAY_MS)
  const { headers } = await ask(t, admin, '/api/auth/me')
  expect((await factorOf(t, headers).disable(app.code())).statusCode).toBe(204)
  expect(await ask(t, admin, '/api/admin/audit')).toMatchObject(WALL)
})

test('a person who has to turn it on reads the date with their account, also at sign-in, and nobody else does', async () => {
  await using t = await testApp(REQUIRED)
  t.hold()
  const [admin, customer] = [await person(t, 'admin'), await person(t)]
  const inSevenDays = new Date(t.deps.now().getTime() + 7 * DAY_MS).toISOString()
  expect([await dueAtOf(admin), await dueAtOf(customer)]).toEqual([inSevenDays, null])

  await ask(t, admin, '/api/auth/me')
  t.forward(8 * DAY_MS)
  expect(await dueAtOf(admin)).toBe(inSevenDays)
  await enrolled(t, { factor: factorOf(t, (await ask(t, admin, '/api/auth/me')).headers) })
  const { headers } = await ask(t, admin, '/api/auth/me')
  expect((await t.app.inject({ url: '/api/auth/me', headers })).json()).toMatchObject({ secondFactorDueAt: null })
})

test('a setting of development asks nobody', async () => {
  await using t = await testApp({ settings: { SECOND_FACTOR: 'optional' } })
  const admin = await person(t, 'admin')
  await ask(t, admin, '/api/admin/audit')
  t.forward(100 * DAY_MS)
  expect(await ask(t, admin, '/api/admin/audit')).toMatchObject({ status: 200 })
})
