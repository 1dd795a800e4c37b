import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Queryable } from './client.ts'
import { testDb } from './testing.ts'

/**
 * Foreign keys whose columns do not begin an index, such as `cart_items(photo_id)`: deleting the row that they refer to,
 * and every list by it, would read the whole table. An index of the rows where the column is not null is enough.
 */
async function withoutIndex(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select format('%s(%s)', c.conrelid::regclass, string_agg(a.attname, ', ' order by k.n)) as name
    from pg_constraint c
    cross join unnest(c.conkey) with ordinality k(attnum, n)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    where c.contype = 'f' and not exists (
      select from pg_index i
      where i.indrelid = c.conrelid and i.indisvalid
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
          select format('(%I IS NOT NULL)', b.attname) from pg_attribute b
          where b.attrelid = c.conrelid and b.attnum = any (c.conkey)
        ))
    )
    group by c.oid, c.conrelid
    order by 1`)
  return rows.map(({ name }) => name)
}

test('every foreign key has an index that begins with it', async () => {
  await using t = await testDb()
  expect(await withoutIndex(t.db)).toEqual([])
})

test('a foreign key without an index, or with one for other rows or behind another column, is named', async () => {
  await using t = await testDb()
  await t.owner().execute(sql`create table bare (id int, user_id uuid references users (id))`)
  await t.owner().execute(sql`create table behind (id int, user_id uuid references users (id))`)
  await t.owner().execute(sql`create index on behind (id, user_id)`)
  await t.owner().execute(sql`create table partly (id int, user_id uuid references users (id))`)
  await t.owner().execute(sql`create index on partly (user_id) where id > 0`)
  await t.owner().execute(sql`create table good (id int, user_id uuid references users (id))`)
  await t.owner().execute(sql`create index on good (user_id, id) where user_id is not null`)
  expect(await withoutIndex(t.db)).toEqual(['bare(user_id)', 'behind(user_id)', 'partly(user_id)'])
})

/**
 * Indexes whose order no list asks for: `.desc()` of drizzle makes DESC NULLS LAST, and `order by … desc` is NULLS FIRST,
 * so PostgreSQL sorts the whole table. An ascending index is read backwards.
 */
async function inAnOrderOfTheirOwn(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select indexrelid::regclass::text as name from pg_index
    where indrelid::regclass::text not like 'pg_%'
      -- 1 is DESC, 2 is NULLS FIRST: the orders that are asked for have both or neither.
      and exists (select from unnest(indoption::int2[]) o where o & 3 in (1, 2))
    order by 1`)
  return rows.map(({ name }) => name)
}

test('every index has an order that lists ask for', async () => {
  await using t = await testDb()
  expect(await inAnOrderOfTheirOwn(t.db)).toEqual([])
})

test('an index that runs down with nulls last is named', async () => {
  await using t = await testDb()
  await t.owner().execute(sql`create table later (id int, at timestamptz)`)
  await t.owner().execute(sql`create index later_good on later (at, id)`)
  await t.owner().execute(sql`create index later_down on later (at desc, id desc)`)
  await t.owner().execute(sql`create index later_as_drizzle on later (at desc nulls last, id desc nulls last)`)
  expect(await inAnOrderOfTheirOwn(t.db)).toEqual(['later_as_drizzle'])
})
