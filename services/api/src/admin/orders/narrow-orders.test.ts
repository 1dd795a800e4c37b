import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { isNamed } from './narrow-orders.ts'

const asked = (typed: string) => new PgDialect().sqlToQuery(isNamed(typed, true))

test('what can begin an order’s number is a range of the listed orders’ own numbers, so that their order can stop early', () => {
  for (const typed of ['px-', 'PX-20', 'px-2026', 'PX-2026-', 'PX-2026-000123']) {
    const { sql, params } = asked(typed)
    expect(sql).toMatch(/^"orders"\."number" collate "C" >= \$1 and "orders"\."number" collate "C" < /)
    expect(params[0]).toBe(typed.toUpperCase())
  }
  for (const typed of ['px-2026@shop.test', 'px-20-1', 'PX1', '2026-000123'])
    expect(asked(typed).sql).toContain('union')
})
