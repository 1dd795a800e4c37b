import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/test-app.ts'

type User = Awaited<ReturnType<TestApp['user']>>

/** A planned event with an unapproved photo, and every public address that shows crew more of them. */
async function scene(t: TestApp) {
  const [photographer, admin] = [await t.user('photographer'), await t.user('admin')]
  const event = await t.event({ status: 'open' })
  await t.invite(event.id, photographer.id)
  const photo = await t.photo(event.id, photographer.id, { approval: 'pending' })
  const picture = Buffer.from('picture')
  await t.storage.put(MAIN_BUCKET, thumbnailKey(event.id, 'small', photo.id), picture, { contentType: 'image/jpeg' })
  const widened = [
    `/api/events?scope=crew`,
    `/api/events/${event.id}`,
    `/api/events/${event.slug}`,
    `/api/events/${event.id}/photos`,
    `/api/events/${event.id}/photos/layout`,
    `/api/events/${event.id}/packages`,
    `/api/photos/${photo.id}`,
    `/media/${event.id}/small/${photo.id}.jpg`,
  ]
  const ask = async ({ headers }: Pick<User, 'headers'>) => {
    const answers = []
    for (const url of widened) answers.push((await t.app.inject({ url, headers })).statusCode)
    return answers
  }
  return { photographer, admin, ask, urls: widened }
}

const ENDS = {
  logout: { sessionVersion: sql`${users.sessionVersion} + 1` },
  suspension: { suspendedAt: new Date() },
} as const

/** What ends an account's tokens: nothing of crew is seen any more, and `me` refuses. */
async function expectEnded(t: TestApp, s: Awaited<ReturnType<typeof scene>>, user: User) {
  expect(await s.ask(user)).toEqual([401, ...s.urls.slice(1).map(() => 404)])
  expect((await t.app.inject({ url: '/api/auth/me', headers: user.headers })).statusCode).toBe(401)
  expect((await t.app.inject({ url: '/api/events', headers: user.headers })).statusCode).toBe(200)
}

describe.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('%s', end => {
  test.each(['photographer', 'admin'] as const)(
    'ends at once what the token of a %s widens on public routes',
    async role => {
      await using t = await testApp()
      const s = await scene(t)
      expect(await s.ask(s[role])).toEqual(s.urls.map(() => 200))
      await t.db.update(users).set(ENDS[end]).where(eq(users.id, s[role].id))
      await expectEnded(t, s, s[role])
    },
  )
})

test('a platform admin who becomes a user is signed out at once', async () => {
  await using t = await testApp()
  const s = await scene(t)
  await t.db.update(users).set({ role: 'user' }).where(eq(users.id, s.admin.id))
  expect(await s.ask(s.admin)).toEqual([401, ...s.urls.slice(1).map(() => 404)])
})

test('whose role in a studio changes is signed out at once, and may no more than that role afterwards', async () => {
  await using t = await testApp()
  const s = await scene(t)
  const studio = await t.studio()
  const manager = await t.member(HOUSE_STUDIO, 'manager')
  const stranger = await t.member(studio.id, 'owner')
  expect(await s.ask(manager)).toEqual(s.urls.map(() => 200))
  const hidden = [200, ...s.urls.slice(1).map(() => 404)]
  expect(await s.ask(stranger)).toEqual(hidden)
  await t.db.update(studioMembers).set({ role: 'sales' }).where(eq(studioMembers.userId, manager.id))
  expect(await s.ask(manager)).toEqual([401, ...hidden.slice(1)])
  const [row] = await t.db.select().from(users).where(eq(users.id, manager.id))
  const token = t.app.jwt.sign({ sub: manager.id, role: 'user', sv: row!.sessionVersion })
  const again = { headers: { authorization: `Bearer ${token}` } }
  expect(await s.ask(again)).toEqual(hidden)
  const create = () => t.app.inject({ method: 'POST', url: '/api/events', payload: {}, headers: again.headers })
  expect((await create()).statusCode).toBe(403)
})

test('each signed-in person reads their studios, with their role in each, and their standings', async () => {
  await using t = await testApp()
  const studio = await t.studio({ slug: 'aaa', nameEn: 'Aaa', nameTh: 'เอ' })
  const person = await t.member(studio.id, 'owner')
  await t.db.insert(studioMembers).values({ studioId: HOUSE_STUDIO, userId: person.id, role: 'sales' })
  const event = await t.event()
  await t.invite(event.id, person.id)
  const me = await t.app.inject({ url: '/api/auth/me', headers: person.headers })
  expect(me.json()).toMatchObject({
    id: person.id,
    email: person.email,
    name: person.name,
    role: 'user',
    memberships: [
      { role: 'owner', studio: { id: studio.id, slug: 'aaa', name: { th: 'เอ', en: 'Aaa' } } },
      { role: 'sales', studio: expect.objectContaining({ id: HOUSE_STUDIO }) },
    ],
    isPhotographer: true,
    isOrganizer: false,
  })
})

test('a stale token is no reason to refuse what everybody sees, and a deleted account widens nothing', async () => {
  await using t = await testApp()
  const s = await scene(t)
  const admin = await t.user('admin')
  await t.db.delete(users).where(eq(users.id, admin.id))

  expect(await s.ask(admin)).toEqual([401, ...s.urls.slice(1).map(() => 404)])
  const onSale = await t.event()
  expect((await t.app.inject({ url: `/api/events/${onSale.id}`, headers: admin.headers })).statusCode).toBe(200)
})
