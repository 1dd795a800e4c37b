import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDb } from './testing.ts'

test('two tests never see each other, and a database is gone when its test ends', async () => {
  await using first = await testDb()
  const name = new URL(first.appUrl).pathname.slice(1)
  let other = ''
  {
    await using second = await testDb()
    other = new URL(second.appUrl).pathname.slice(1)
    await second.owner().execute(sql`create table only_here (id int)`)
    await expect(first.db.execute(sql`select * from only_here`)).rejects.toThrow('only_here')
  }
  const { rows } = await first.db.execute<{ datname: string }>(sql`select datname from pg_database`)
  const names = rows.map(row => row.datname)
  expect(names).toContain(name)
  expect(names).not.toContain(other)
})

test('a test is served as pix_app, which is neither owner nor superuser', async () => {
  await using t = await testDb()
  const { rows } = await t.db
    .execute(sql`select current_user as me, rolsuper, rolcreatedb, rolcreaterole, pg_get_userbyid(datdba) as owner
    from pg_roles, pg_database where rolname = current_user and datname = current_database()`)
  expect(rows).toEqual([
    { me: 'pix_app', rolsuper: false, rolcreatedb: false, rolcreaterole: false, owner: 'pix_owner' },
  ])
  await expect(t.db.execute(sql`create table mine (id int)`)).rejects.toThrow('create table mine')
})
