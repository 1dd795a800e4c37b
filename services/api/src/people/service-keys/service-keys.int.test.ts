import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, PASSWORD_HASH } from '../../testing/authz/objects.ts'
import { insertKey, newKey } from '../../testing/service-keys.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_IP_LOGINS_PER_MINUTE: '1000' } })
})
afterAll(() => t[Symbol.asyncDispose]())

/** A studio, its owner, and what the owner asks. */
async function scene() {
  const studio = await t.studio()
  const owner = await t.member(studio.id, 'owner', { passwordHash: PASSWORD_HASH })
  const make = (more: object = {}) =>
    t.app.inject({
      method: 'POST',
      url: '/api/service-keys',
      payload: { studioId: studio.id, name: 'Desk', scopes: ['events:read'], days: 30, password: PASSWORD, ...more },
      headers: owner.headers,
    })
  return { studio, owner, make }
}
const asKey = (key: string, url: string) => t.app.inject({ url, headers: { authorization: `Bearer ${key}` } })
const readsEvents = async (key: string) => (await asKey(key, '/api/admin/events')).statusCode

test('a key is shown once, kept as a hash, listed without it, and opens the routes of its scopes alone', async () => {
  const { studio, owner, make } = await scene()
  const event = await t.event({ studioId: studio.id })
  const answer = await make()
  expect([answer.statusCode, answer.json()]).toEqual([
    201,
    expect.objectContaining({ name: 'Desk', madeBy: owner.name }),
  ])
  const { id, key } = answer.json()
  const [row] = await t.db.select().from(serviceKeys).where(eq(serviceKeys.id, id))
  expect(JSON.stringify(row)).not.toContain(key.slice(8))

  const events = await asKey(key, '/api/admin/events')
  expect(events.json().items).toMatchObject([{ id: event.id }])
  expect((await asKey(key, '/api/revenue/summary')).json()).toMatchObject({ status: 403, code: 'forbidden' })
  expect((await asKey(key, `/api/studios/${studio.id}/members`)).statusCode).toBe(401)

  const list = await t.app.inject({ url: `/api/service-keys?studio=${studio.id}`, headers: owner.headers })
  expect(list.body).not.toContain(key)
  expect(list.json().items).toMatchObject([{ id, scopes: ['events:read'], lastUsedAt: expect.any(String) }])
})

test('a wrong password makes no key, and neither do no scopes, a scope twice, an unknown one, or a year and a day', async () => {
  const { studio, make } = await scene()
  expect((await make({ password: 'not theirs' })).json()).toMatchObject({ code: 'wrong_password' })
  for (const wrong of [
    { scopes: [] },
    { scopes: ['events:read', 'events:read'] },
    { scopes: ['members:change'] },
    { days: 366 },
    { days: 0 },
    { name: ' ' },
  ])
    expect([wrong, (await make(wrong)).json().code]).toEqual([wrong, 'invalid_request'])
  expect(await t.db.$count(serviceKeys, eq(serviceKeys.studioId, studio.id))).toBe(0)
})

test('a key that was revoked, has expired or lost its maker opens nothing', async () => {
  const { studio, owner, make } = await scene()
  const { id, key } = (await make()).json()
  expect(await readsEvents(key)).toBe(200)
  const place = and(eq(studioMembers.studioId, studio.id), eq(studioMembers.userId, owner.id))!
  await t.member(studio.id, 'owner')
  await t.db.update(studioMembers).set({ role: 'manager' }).where(place)
  expect(await readsEvents(key)).toBe(401)
  await t.db.update(studioMembers).set({ role: 'owner' }).where(place)
  await t.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, owner.id))
  expect(await readsEvents(key)).toBe(401)
  await t.db.update(users).set({ suspendedAt: null }).where(eq(users.id, owner.id))
  expect(await readsEvents(key)).toBe(200)

  const expired = newKey()
  const createdAt = new Date(Date.now() - 2_000)
  await insertKey(t, {
    studioId: studio.id,
    createdBy: owner.id,
    key: expired,
    createdAt,
    expiresAt: new Date(Date.now() - 1_000),
  })
  expect(await readsEvents(expired)).toBe(401)

  const { id: userId } = owner
  const [fresh] = await t.db.select().from(users).where(eq(users.id, userId))
  const token = t.app.jwt.sign({ sub: userId, role: 'user', sv: fresh!.sessionVersion })
  const headers = { authorization: `Bearer ${token}` }
  const revoke = () => t.app.inject({ method: 'DELETE', url: `/api/service-keys/${id}`, headers })
  expect([(await revoke()).statusCode, (await revoke()).statusCode]).toEqual([204, 204])
  expect(await readsEvents(key)).toBe(401)
})

test("a studio's key sees nothing of another studio of its maker, or of the platform whose admin made it", async () => {
  const { studio, owner } = await scene()
  const [elsewhere, admin] = [await t.studio(), await t.user('admin')]
  await t.db.insert(studioMembers).values({ studioId: elsewhere.id, userId: owner.id, role: 'owner' })
  const event = await t.event({ studioId: elsewhere.id })
  for (const createdBy of [owner.id, admin.id]) {
    const key = newKey()
    await insertKey(t, { studioId: studio.id, createdBy, key })
    expect((await asKey(key, `/api/admin/events/${event.id}`)).statusCode).toBe(404)
    expect((await asKey(key, `/api/admin/events?studio=${elsewhere.id}`)).statusCode).toBe(404)
    expect((await asKey(key, '/api/admin/events')).json().items).toEqual([])
    expect((await asKey(key, '/api/revenue/summary')).statusCode).toBe(200)
  }
})

test('making, using and revoking a key is recorded, for its studio and with the key', async () => {
  const { studio, owner, make } = await scene()
  const { id, key } = (await make()).json()
  await readsEvents(key)
  await t.app.inject({ method: 'DELETE', url: `/api/service-keys/${id}`, headers: owner.headers })
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(like(auditEvents.subject, `service_key:${id}`))
    .orderBy(auditEvents.position)
  const common = { actorId: owner.id, studioId: studio.id }
  expect(lines).toMatchObject([
    { ...common, action: 'service_key.create', after: { name: 'Desk', scopes: ['events:read'] } },
    { ...common, action: 'service_key.use', detail: { route: 'GET /api/admin/events', serviceKey: id } },
    { ...common, action: 'service_key.revoke', before: { name: 'Desk' } },
  ])
  expect(JSON.stringify(lines)).not.toContain(key)
})

test('each key is counted by itself, and refused beyond its limit', async () => {
  await using few = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '2' } })
  const admin = await few.user('admin')
  const [first, second] = [newKey(), newKey()]
  for (const key of [first, second]) await insertKey(few, { studioId: null, createdBy: admin.id, key })
  const status = async (key: string) =>
    (await few.app.inject({ url: '/api/admin/events', headers: { authorization: `Bearer ${key}` } })).statusCode
  expect([await status(first), await status(first), await status(first)]).toEqual([200, 200, 429])
  expect(await status(second)).toBe(200)
})

test('the use of a key is one line an hour for each route, also of requests that come at once, and its time is exact to a minute', async () => {
  const { studio, owner } = await scene()
  const key = newKey()
  const id = await insertKey(t, { studioId: studio.id, createdBy: owner.id, key })
  const subject = `service_key:${id}`
  const ofThisKey = eq(auditEvents.subject, subject)
  const route = 'GET /api/admin/events'
  const createdAt = new Date(Date.now() - 3_700_000)
  const before = { id: t.deps.newId(), action: 'service_key.use', subject, detail: { route }, createdAt }
  await t.db.insert(auditEvents).values(before)
  const lastUsed = async () =>
    (await t.db.select().from(serviceKeys).where(eq(serviceKeys.id, id)))[0]!.lastUsedAt?.getTime()

  expect(await Promise.all(Array.from({ length: 5 }, () => readsEvents(key)))).toEqual([200, 200, 200, 200, 200])
  expect(await t.db.$count(auditEvents, ofThisKey)).toBe(2)
  await asKey(key, '/api/revenue/summary')
  const lines = await t.db.select().from(auditEvents).where(ofThisKey).orderBy(auditEvents.position)
  expect(lines.map(({ detail }) => detail.route)).toEqual([route, route, 'GET /api/revenue/summary'])

  const recent = t.deps.now().getTime() - 30_000
  await t.db
    .update(serviceKeys)
    .set({ lastUsedAt: new Date(recent) })
    .where(eq(serviceKeys.id, id))
  expect(await readsEvents(key)).toBe(200)
  expect(await lastUsed()).toBe(recent)
  t.forward(60_000)
  await readsEvents(key)
  expect(await lastUsed()).toBeGreaterThan(recent)
})

test('a key opens nothing once its maker may only turn a second factor on', async () => {
  await using strict = await testApp({ settings: { SECOND_FACTOR: 'required' } })
  const [studio, key] = [await strict.studio(), newKey()]
  const owner = await strict.member(studio.id, 'owner')
  const expiresAt = new Date(Date.now() + 30 * 86_400_000)
  await insertKey(strict, { studioId: studio.id, createdBy: owner.id, key, expiresAt })
  const ask = () => strict.app.inject({ url: '/api/admin/events', headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).statusCode).toBe(200)
  strict.forward(8 * 86_400_000)
  expect((await ask()).json()).toMatchObject({ code: 'second_factor_required' })
})
