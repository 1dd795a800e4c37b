import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from './ids.ts'
import { migrate } from './migrate.ts'
import { users } from './schema/auth.ts'
import { organizers } from './schema/events.ts'
import { testDb, testDbBefore } from './testing.ts'

test('a change of role, suspension or password ends the earlier access tokens, whichever program makes it', async () => {
  await using t = await testDb()
  const id = newId()
  const of = eq(users.id, id)
  await t.db.insert(users).values({ id, email: 'a@b.example', name: 'A', role: 'user', passwordHash: 'one' })
  // There is a second admin, since the last one cannot be suspended.
  await t.db.insert(users).values({ id: newId(), email: 'other@b.example', name: 'O', role: 'platform_admin' })
  const version = async () => (await t.db.select().from(users).where(of))[0]!.sessionVersion

  await t.db.update(users).set({ name: 'B', emailVerifiedAt: new Date(), role: 'user' }).where(of)
  expect(await version()).toBe(0)
  await t.db.update(users).set({ role: 'platform_admin' }).where(of)
  expect(await version()).toBe(1)
  await t.db.update(users).set({ suspendedAt: new Date() }).where(of)
  expect(await version()).toBe(2)
  await t.db.update(users).set({ suspendedAt: null }).where(of)
  expect(await version()).toBe(3)
  await t.db.update(users).set({ passwordHash: null }).where(of)
  expect(await version()).toBe(4)
  await t.db.update(users).set({ passwordHash: 'two', sessionVersion: 9 }).where(of)
  expect(await version()).toBe(9)
})

test('an installation from before there were standings: admins run the platform, organizers speak for one, and all access tokens end', async () => {
  await using t = await testDbBefore('0033_standings')
  const ids = { customer: newId(), photographer: newId(), organizer: newId(), known: newId(), admin: newId() }
  const owner = t.owner()
  for (const [name, id] of Object.entries(ids)) {
    const role = name === 'known' ? 'organizer' : name
    await owner.execute(sql`
      insert into users (id, email, name, role, password_hash)
      values (${id}, ${`${name}@test.example`}, ${name}, ${role}, '-')`)
  }
  await owner.execute(sql`insert into organizers (id, name, user_id) values (${newId()}, 'Runners', ${ids.known})`)

  await migrate(t.ownerUrl)

  const rows = await t.db.select().from(users)
  const roles = Object.fromEntries(rows.map(({ id, role }) => [id, role]))
  for (const [name, id] of Object.entries(ids))
    expect([name, roles[id]]).toEqual([name, name === 'admin' ? 'platform_admin' : 'user'])
  expect(rows.filter(({ sessionVersion }) => sessionVersion === 0)).toEqual([])
  const speaking = await t.db.select({ userId: organizers.userId, name: organizers.name }).from(organizers)
  expect(speaking.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { userId: ids.organizer, name: 'organizer' },
    { userId: ids.known, name: 'Runners' },
  ])
})
