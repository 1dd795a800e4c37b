import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDb } from './testing.ts'

/** Written once and kept: the role that serves only reads and inserts. */
const APPEND_ONLY = [
  'audit_events',
  'consent_wordings',
  'consents',
  'document_files',
  'documents',
  'gateway_settlements',
  'ledger_accounts',
  'ledger_adjustments',
  'ledger_entries',
  'ledger_postings',
  'notice_updates',
  'order_shares',
  'photographer_rates',
  'seals',
  'split_rules',
]

/** Written by a migration alone. */
const READ_ONLY = ['ledger_early_postings']

test('the role that serves may read and insert into every table, and change all but the append-only ones; what a migration wrote it only reads', async () => {
  await using t = await testDb()
  const { rows } = await t.db.execute<{ name: string; kind: 'full' | 'append' | 'read' | 'other' }>(sql`
    select c.relname as name, case
      when c.relname = any(${sql.param(READ_ONLY)}::text[]) and has_table_privilege(c.oid, 'select')
        and not has_table_privilege(c.oid, 'insert, update, delete, truncate, trigger, references') then 'read'
      when not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')) then 'other'
      when has_table_privilege(c.oid, 'truncate, trigger, references') then 'other'
      when has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete') then 'full'
      when has_table_privilege(c.oid, 'update, delete') then 'other'
      else 'append' end as kind
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
    order by 1`)
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter(({ kind }) => kind === 'other')).toEqual([])
  expect(rows.filter(({ kind }) => kind === 'read').map(({ name }) => name)).toEqual(READ_ONLY)
  expect(rows.filter(({ kind }) => kind === 'append').map(({ name }) => name)).toEqual(APPEND_ONLY)
})

test('a table of a later migration is served without a grant of its own', async () => {
  await using t = await testDb()
  await t.owner().execute(sql`create table later (id bigserial primary key, word text)`)
  await t.db.execute(sql`insert into later (word) values ('a')`)
  await t.db.execute(sql`update later set word = 'b'`)
  const { rows } = await t.db.execute(sql`delete from later returning id, word`)
  expect(rows).toEqual([{ id: 1, word: 'b' }])
})
