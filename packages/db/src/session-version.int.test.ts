import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from './ids.ts'
import { users } from './schema/auth.ts'
import { testDb } from './testing.ts'

test('a change of role, suspension or password ends the access tokens of before, whoever makes it', async () => {
  await using t = await testDb()
  const id = newId()
  const of = eq(users.id, id)
  await t.db.insert(users).values({ id, email: 'a@b.example', name: 'A', role: 'user', passwordHash: 'one' })
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
