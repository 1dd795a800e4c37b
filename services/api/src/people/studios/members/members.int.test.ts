import { auditEvents } from '@pix/db/schema/audit.ts'
import { eventPhotographers } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { browserOf, hashPassword } from '../../../testing/accounts.ts'
import { insertInvitation } from '../../../testing/invitations.ts'
import { testApp, type TestApp } from '../../../testing/test-app.ts'

type Sender = { headers: Record<string, string> }
const send = (t: TestApp, method: 'GET' | 'PUT' | 'DELETE', url: string, by: Sender, payload?: object) =>
  t.app.inject({ method, url: `/api${url}`, headers: by.headers, ...(payload && { payload }) })
const change = (t: TestApp, studioId: string, by: Sender, userId: string, role: string) =>
  send(t, 'PUT', `/studios/${studioId}/members/${userId}`, by, { role })
const remove = (t: TestApp, studioId: string, by: Sender, userId: string) =>
  send(t, 'DELETE', `/studios/${studioId}/members/${userId}`, by)
const leave = (t: TestApp, studioId: string, by: Sender) => send(t, 'DELETE', `/me/studios/${studioId}`, by)

test('owners and managers see who works for their studio and when they were last here, page by page', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const passwordHash = await hashPassword('correct horse battery')
  const owner = await t.member(studio.id, 'owner', { passwordHash })
  const manager = await t.member(studio.id, 'manager')
  const sales = [await t.member(studio.id, 'sales'), await t.member(studio.id, 'sales')]
  await browserOf(t).post('/auth/login', { email: owner.email, password: 'correct horse battery' })

  const first = (await send(t, 'GET', `/studios/${studio.id}/members?limit=3`, manager)).json()
  const next = (await send(t, 'GET', `/studios/${studio.id}/members?cursor=${first.nextCursor}`, owner)).json()
  const all = [...first.items, ...next.items]
  expect(all.map(({ userId }) => userId)).toEqual([owner.id, manager.id, ...sales.map(({ id }) => id).toSorted()])
  expect(next.nextCursor).toBeNull()
  expect(all[0]).toMatchObject({ role: 'owner', email: owner.email, lastSeenAt: expect.any(String) })
  expect(all[1].lastSeenAt).toBeNull()

  const stranger = await t.member((await t.studio()).id, 'owner')
  expect((await send(t, 'GET', `/studios/${studio.id}/members`, stranger)).statusCode).toBe(404)
  expect((await send(t, 'GET', `/studios/${studio.id}/members`, sales[0]!)).statusCode).toBe(403)
})

test('a person with a place in the consoles of two studios reads both; a photographer has no console', async () => {
  await using t = await testApp()
  const [one, other, third] = [await t.studio(), await t.studio(), await t.studio()]
  const sales = await t.member(one.id, 'sales')
  await t.db.insert(studioMembers).values({ studioId: other.id, userId: sales.id, role: 'manager' })
  await t.db.insert(studioMembers).values({ studioId: third.id, userId: sales.id, role: 'photographer' })
  const { items } = (await send(t, 'GET', '/studios', sales)).json()
  expect(items).toMatchObject([
    { id: one.id, role: 'sales' },
    { id: other.id, role: 'manager' },
  ])
  expect((await send(t, 'GET', '/studios', await t.member(one.id, 'photographer'))).statusCode).toBe(403)
})

test('a changed role holds at once: an earlier access token is good for nothing', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [owner, manager] = [await t.member(studio.id, 'owner'), await t.member(studio.id, 'manager')]
  const members = `/studios/${studio.id}/members`
  expect((await send(t, 'GET', members, manager)).statusCode).toBe(200)
  expect((await change(t, studio.id, owner, manager.id, 'sales')).statusCode).toBe(204)
  expect((await send(t, 'GET', members, manager)).statusCode).toBe(401)
  expect((await change(t, studio.id, owner, t.deps.newId(), 'sales')).statusCode).toBe(404)
  const [line] = await t.db.select().from(auditEvents)
  expect(line).toMatchObject({
    action: 'member.role',
    studioId: studio.id,
    before: { role: 'manager' },
    after: { role: 'sales' },
  })
})

test('only owners change and remove members; anybody may leave', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [owner, manager, sales] = [
    await t.member(studio.id, 'owner'),
    await t.member(studio.id, 'manager'),
    await t.member(studio.id, 'sales'),
  ]
  expect((await change(t, studio.id, manager, sales.id, 'photographer')).statusCode).toBe(403)
  expect((await remove(t, studio.id, manager, sales.id)).statusCode).toBe(403)
  const elsewhere = await t.member((await t.studio()).id, 'owner')
  expect((await remove(t, studio.id, elsewhere, sales.id)).statusCode).toBe(404)
  expect((await leave(t, studio.id, sales)).statusCode).toBe(204)
  expect((await leave(t, studio.id, elsewhere)).statusCode).toBe(404)
  expect((await remove(t, studio.id, owner, manager.id)).statusCode).toBe(204)
  expect((await send(t, 'GET', `/studios/${studio.id}/members`, owner)).json().items).toHaveLength(1)
  const recorded = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(recorded.map(({ action }) => action)).toEqual(['member.leave', 'member.remove'])
})

test('the last owner neither leaves nor is removed nor given another role, be it by the platform', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [owner, admin] = [await t.member(studio.id, 'owner'), await t.user('admin')]
  for (const answer of [
    await leave(t, studio.id, owner),
    await remove(t, studio.id, owner, owner.id),
    await remove(t, studio.id, admin, owner.id),
    await change(t, studio.id, owner, owner.id, 'manager'),
  ])
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'last_owner'])
  expect((await send(t, 'GET', `/studios/${studio.id}/members`, owner)).json().items[0].role).toBe('owner')
})

test('of two owners who leave, or demote each other, at once one stays', async () => {
  await using t = await testApp()
  for (const act of ['leave', 'demote'] as const) {
    const studio = await t.studio()
    const [a, b] = [await t.member(studio.id, 'owner'), await t.member(studio.id, 'owner')]
    const answers =
      act === 'leave'
        ? await Promise.all([leave(t, studio.id, a), leave(t, studio.id, b)])
        : await Promise.all([change(t, studio.id, a, b.id, 'sales'), change(t, studio.id, b, a.id, 'sales')])
    const admin = await t.user('admin')
    const { items } = (await send(t, 'GET', `/studios/${studio.id}/members`, admin)).json()
    expect(items.filter(({ role }: { role: string }) => role === 'owner')).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1)
  }
})

test('who is removed takes no photos at the studio’s events any more, and what they sent as invitations ends', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [owner, manager] = [await t.member(studio.id, 'owner'), await t.member(studio.id, 'manager')]
  const [event, other] = [await t.event({ studioId: studio.id }), await t.event()]
  for (const { id } of [event, other]) await t.invite(id, manager.id)
  const theirs = { studioId: studio.id, email: 'a@test.example', invitedBy: manager.id }
  const { id } = await insertInvitation(t, theirs)
  const mine = await insertInvitation(t, { ...theirs, email: 'b@test.example', invitedBy: owner.id })
  expect((await remove(t, studio.id, owner, manager.id)).statusCode).toBe(204)
  const left = await t.db.select().from(eventPhotographers)
  expect(left.map(({ eventId }) => eventId)).toEqual([other.id])
  const revoked = async (which: string) =>
    (await t.db.select().from(studioInvitations).where(eq(studioInvitations.id, which)))[0]!.revokedAt !== null
  expect([await revoked(id), await revoked(mine.id)]).toEqual([true, false])
})
