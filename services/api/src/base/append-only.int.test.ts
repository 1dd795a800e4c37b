import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'

const TABLES = ['ledger_accounts', 'ledger_postings', 'ledger_entries', 'consents', 'audit_events', 'split_rules']

test('the role that serves can neither change, remove nor empty ledger, consents, audit and split rules', async () => {
  await using t = await testApp()
  const allowed: string[] = []
  const statements = TABLES.flatMap(table => [
    `update ${table} set id = id`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
    `drop table ${table} cascade`,
    `alter table ${table} disable trigger all`,
  ])
  for (const statement of [...statements, 'create table mine (id int)', 'set role pix_owner']) {
    const code = await t.db.execute(sql.raw(statement)).then(
      () => 'allowed',
      (error: { cause?: { code?: string } }) => error.cause?.code,
    )
    if (code !== '42501') allowed.push(`${statement}: ${code}`) // insufficient_privilege
  }

  expect(allowed).toEqual([])
})
