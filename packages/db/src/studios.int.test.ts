import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { HOUSE_STUDIO } from './house-studio.ts'
import { newId } from './ids.ts'
import { migrate } from './migrate.ts'
import { events } from './schema/events.ts'
import { studioMembers, studios } from './schema/studios.ts'
import { users } from './schema/auth.ts'
import { testDb, testDbBefore } from './testing.ts'

test('what was there before studios belongs to the house studio, and what comes after must name its studio', async () => {
  await using t = await testDbBefore('0021_studios')
  const id = newId()
  const add = () =>
    t.db.execute(sql`
      insert into events (id, slug, name_th, name_en, category, venue, province, starts_at, ends_at)
      values (${id}, ${newId()}, '-', '-', 'run', '-', '-', now(), now())`)
  await add()
  await migrate(t.ownerUrl)
  const [event] = await t.db.select({ studioId: events.studioId }).from(events).where(eq(events.id, id))
  expect(event).toEqual({ studioId: HOUSE_STUDIO })
  const [house] = await t.db.select().from(studios)
  expect(house).toMatchObject({ id: HOUSE_STUDIO, slug: 'house', status: 'active' })
  await expect(add()).rejects.toMatchObject({ cause: { column: 'studio_id' } })
})

test("a studio's slug is a label of a host name, its colour six hexadecimal digits, and each is there once", async () => {
  await using t = await testDb()
  const add = (more: { slug: string; accentColor?: string }) =>
    t.db
      .insert(studios)
      .values({ id: newId(), nameTh: '-', nameEn: '-', ...more })
      .then(
        () => 'added',
        (error: Error) => (error.cause as { constraint?: string }).constraint,
      )
  expect(await add({ slug: 'a-1', accentColor: '#0a7cff' })).toBe('added')
  expect(await add({ slug: 'a-1' })).toBe('studios_slug_unique')
  for (const slug of ['', 'A', '-a', 'a-', 'a.b', 'ก', 'a'.repeat(64)]) expect(await add({ slug })).toBe('studios_slug')
  for (const accentColor of ['red', '#FFF', '#0A7CFF', '#0a7cff00'])
    expect(await add({ slug: 'b', accentColor })).toBe('studios_accent_color')
})

test('somebody has one place in a studio, and may have others in other studios', async () => {
  await using t = await testDb()
  const [userId, studioId] = [newId(), newId()]
  const person = { email: 'm@test.example', name: 'M', role: 'user' as const, passwordHash: '-' }
  await t.db.insert(users).values({ id: userId, ...person })
  await t.db.insert(studios).values({ id: studioId, slug: 'other', nameTh: '-', nameEn: '-' })
  const join = (studio: string, role: 'owner' | 'sales') =>
    t.db.insert(studioMembers).values({ studioId: studio, userId, role })
  await join(studioId, 'owner')
  await join(HOUSE_STUDIO, 'sales')
  await expect(join(studioId, 'sales')).rejects.toMatchObject({
    cause: { constraint: 'studio_members_studio_id_user_id_pk' },
  })
})
