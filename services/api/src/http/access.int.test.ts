import { users } from '@pix/db/schema/auth.ts'
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
  demotion: { role: 'customer' },
  suspension: { suspendedAt: new Date() },
} as const

describe.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('%s', end => {
  test.each(['photographer', 'admin'] as const)(
    'ends at once what the token of a %s widens on public routes',
    async role => {
      await using t = await testApp()
      const s = await scene(t)
      expect(await s.ask(s[role])).toEqual(s.urls.map(() => 200))

      await t.db.update(users).set(ENDS[end]).where(eq(users.id, s[role].id))

      expect(await s.ask(s[role])).toEqual([401, ...s.urls.slice(1).map(() => 404)])
      expect((await t.app.inject({ url: '/api/auth/me', headers: s[role].headers })).statusCode).toBe(401)
      const seen = await t.app.inject({ url: '/api/events', headers: s[role].headers })
      expect(seen.statusCode).toBe(200)
    },
  )
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
