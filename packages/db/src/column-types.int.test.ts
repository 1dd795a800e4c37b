import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDb } from './testing.ts'

interface Column {
  name: string
  type: string
  default: string | null
}

test('money is whole satang, instants bear their zone, and ids are made in code', async () => {
  await using t = await testDb()
  const { rows } = await t.db.execute<Column & Record<string, unknown>>(sql`
    select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) as type,
      pg_get_expr(d.adbin, d.adrelid) as default
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
  const named = (pattern: RegExp) => rows.filter(({ name }) => pattern.test(name))

  const money = named(/\.(\w+_)?(amount|price|total|discount)(_\w+)?$/)
  expect(money.length).toBeGreaterThan(5)
  expect(money.filter(({ type }) => !['integer', 'bigint'].includes(type))).toEqual([])

  const instants = named(/(_at|_until|_from)$/)
  expect(instants.length).toBeGreaterThan(50)
  expect(rows.filter(({ type }) => type === 'timestamp without time zone')).toEqual([])

  const ids = named(/\.id$/)
  expect(ids.length).toBeGreaterThan(15)
  expect(ids.filter(column => column.type === 'uuid' && column.default !== null)).toEqual([])
})
