import type { UserDetail, UserLine } from '@pix/contracts/users.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, PASSWORD_HASH } from '../../testing/authz/objects.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

let t: TestApp
let admin: Awaited<ReturnType<TestApp['user']>>

beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_LOGINS_PER_MINUTE: '1000' } })
  admin = await t.user('admin', { passwordHash: PASSWORD_HASH })
})
afterAll(() => t[Symbol.asyncDispose]())

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'
const ask = (method: Method, url: string, payload?: object, who = admin) =>
  t.app.inject({ method, url: `/api/admin/users${url}`, headers: who.headers, ...(payload && { payload }) })
const audited = async (userId: string) =>
  (
    await t.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `user:${userId}`))
  ).map(({ action }) => action)

test('an account is found by a part of its name or address, however Thai is spelled, and shown masked', async () => {
  const nam = await t.user('customer', { name: 'น้ำฝน ใจดี', email: 'namfon@search.example' })
  const found = async (q: string) =>
    (await ask('GET', `?q=${encodeURIComponent(q)}`)).json<{ items: UserLine[] }>().items.map(({ id }) => id)
  expect(await found('น้ำฝน')).toEqual([nam.id])
  expect(await found('นํ้าฝน')).toEqual([nam.id])
  expect(await found('NAMFON@search')).toEqual([nam.id])
  expect(await found('100%_')).toEqual([])
  const { body } = await ask('GET', '?q=namfon')
  expect(body).not.toContain('namfon@search.example')
})

test('each kind has its people, deleted accounts are in none, and pages follow each other', async () => {
  const studio = await t.studio({ slug: 'kinds' })
  const people = {
    customer: await t.user('customer'),
    photographer: await t.user('photographer'),
    staff: await t.member(studio.id, 'manager'),
    organizer: await t.user('organizer'),
    platform_admin: await t.user('admin'),
  }
  const event = await t.event({ studioId: studio.id })
  await t.db.insert(eventPhotographers).values({ eventId: event.id, userId: people.photographer.id })
  await t.db.insert(organizers).values({ id: t.deps.newId(), name: 'Run Club', userId: people.organizer.id })
  const gone = await t.user('customer')
  await t.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, gone.id))
  const ours = [...Object.values(people), gone].map(({ id }) => id)
  for (const [kind, one] of Object.entries(people)) {
    const { items } = (await ask('GET', `?kind=${kind}&limit=100`)).json<{ items: UserLine[] }>()
    const shown = items.map(({ id }) => id).filter(id => ours.includes(id))
    expect([kind, shown]).toEqual([kind, [one.id]])
  }
  const first = (await ask('GET', '?limit=2')).json<{ items: UserLine[]; nextCursor: string }>()
  const second = (await ask('GET', `?limit=2&cursor=${first.nextCursor}`)).json<{ items: UserLine[] }>()
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
})

test('a suspension signs out everywhere, keeps its reason, and is lifted with another', async () => {
  const user = await t.user('customer')
  const me = () => t.app.inject({ url: '/api/auth/me', headers: user.headers })
  expect((await me()).statusCode).toBe(200)
  const suspended = await ask('PUT', `/${user.id}/suspension`, { suspended: true, reason: 'sold our photos on' })
  expect(suspended.json<UserDetail>()).toMatchObject({
    isSuspended: true,
    suspended: { reason: 'sold our photos on' },
    sessions: [],
  })
  expect((await me()).statusCode).toBe(401)
  const again = await ask('PUT', `/${user.id}/suspension`, { suspended: true, reason: 'again' })
  expect(again.json()).toMatchObject({ code: 'illegal_state' })
  const lifted = await ask('PUT', `/${user.id}/suspension`, { suspended: false, reason: 'it was another person' })
  expect(lifted.json<UserDetail>()).toMatchObject({ isSuspended: false, suspended: null })
  expect(await audited(user.id)).toEqual(['user.suspend', 'user.lift'])
})

test('a role is changed with the password of the caller, for verified accounts alone', async () => {
  const [user, unverified] = [await t.user('customer'), await t.user('customer', { emailVerifiedAt: null })]
  const change = { role: 'platform_admin', reason: 'helps with orders' }
  const wrong = await ask('PUT', `/${user.id}/role`, { ...change, password: 'not the password at all' })
  expect(wrong.json()).toMatchObject({ code: 'wrong_password' })
  const refused = await ask('PUT', `/${unverified.id}/role`, { ...change, password: PASSWORD })
  expect(refused.json()).toMatchObject({ code: 'email_not_verified' })
  const done = await ask('PUT', `/${user.id}/role`, { ...change, password: PASSWORD })
  expect(done.json<UserDetail>().role).toBe('platform_admin')
  const back = await ask('PUT', `/${user.id}/role`, { role: 'user', reason: 'left us', password: PASSWORD })
  expect(back.json<UserDetail>().role).toBe('user')
  expect(await audited(user.id)).toEqual(['user.role', 'user.role'])
})

test('who guesses the password that a role asks for is locked out, and the answer says for how long', async () => {
  const guesser = await t.user('admin', { passwordHash: PASSWORD_HASH })
  const user = await t.user('customer')
  const guess = { role: 'platform_admin', reason: 'helps with orders', password: 'not the password at all' }
  for (let n = 0; n < 5; n += 1) await ask('PUT', `/${user.id}/role`, guess, guesser)
  const locked = await ask('PUT', `/${user.id}/role`, { ...guess, password: PASSWORD }, guesser)
  expect([locked.json().code, Number(locked.headers['retry-after']) > 0]).toEqual(['account_locked', true])
})

test('nobody suspends or demotes themselves', async () => {
  const own = { reason: 'oops', password: PASSWORD }
  expect((await ask('PUT', `/${admin.id}/role`, { role: 'user', ...own })).json().code).toBe('own_account')
  const suspension = await ask('PUT', `/${admin.id}/suspension`, { suspended: true, reason: 'oops' })
  expect(suspension.json().code).toBe('own_account')
  expect((await ask('DELETE', `/${admin.id}/sessions`)).json().code).toBe('own_account')
})

const signIn = ({ email }: { email: string }, password = PASSWORD) =>
  t.app.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password } })

test('devices are signed out one by one or all at once, and the audit counts them', async () => {
  const user = await t.user('customer', { passwordHash: PASSWORD_HASH })
  await signIn(user)
  const { sessions } = (await ask('GET', `/${user.id}`)).json<UserDetail>()
  expect(sessions).toHaveLength(1)
  expect((await ask('DELETE', `/${user.id}/sessions/${t.deps.newId()}`)).statusCode).toBe(404)
  expect((await ask('DELETE', `/${user.id}/sessions/${sessions[0]!.id}`)).statusCode).toBe(204)
  expect((await ask('GET', `/${user.id}`)).json<UserDetail>().sessions).toEqual([])
  await signIn(user)
  expect((await ask('DELETE', `/${user.id}/sessions`)).statusCode).toBe(204)
  expect((await ask('GET', `/${user.id}`)).json<UserDetail>().sessions).toEqual([])
  expect(await audited(user.id)).toEqual(['user.sign_out', 'user.sign_out'])
})

test('an account that was locked by wrong passwords can sign in again once it is unlocked', async () => {
  const user = await t.user('customer', { passwordHash: PASSWORD_HASH })
  expect((await signIn(user)).statusCode).toBe(200)
  for (let n = 0; n < 5; n += 1) await signIn(user, `wrong password number ${n}`)
  expect((await signIn(user)).statusCode).toBe(429)
  expect((await ask('GET', `/${user.id}`)).json<UserDetail>().isLocked).toBe(true)
  expect((await ask('POST', `/${user.id}/unlock`)).statusCode).toBe(204)
  expect((await ask('GET', `/${user.id}`)).json<UserDetail>().isLocked).toBe(false)
  expect((await signIn(user)).statusCode).toBe(200)
})

test('of two platform admins who are taken away at the same moment one stays', async () => {
  await using alone = await testApp()
  const [a, b] = [await alone.user('admin'), await alone.user('admin')]
  const take = (id: string) => alone.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id))
  const [one, other] = await Promise.allSettled([take(a.id), take(b.id)])
  const refused = [one, other].filter(result => result.status === 'rejected')
  expect(refused.map(({ reason }) => constraintOf(reason))).toEqual(['users_last_platform_admin'])
})
