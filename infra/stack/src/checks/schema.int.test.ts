import { testDb } from '@pix/db/testing.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { readTables, readTableWords, readWordTypes, writeTables, writeWordTypes } from '../testing/describe-schema.ts'

const SCHEMA = join(ROOT, 'packages/db/src/schema')
const HEAD = `# Tables

Every table as PostgreSQL has it after the last migration, with what \`packages/db/src/schema\` says of it. This file is written by a test:
after a migration run \`npx vitest run --project int infra/stack/src/checks/schema.int.test.ts -u\`.

\`pix_owner\` owns the tables and migrates. \`pix_app\` serves visitors and jobs. \`pix_staff\` serves people who work for a studio and sees
that studio's rows alone ([0042](decisions/0042-studios-kept-apart.md)). Ids are UUIDv7, instants are in UTC, amounts are satang.`

const files = readdirSync(SCHEMA).filter(file => file.endsWith('.ts'))
const words = new Map(files.flatMap(file => [...readTableWords(file, readFileSync(join(SCHEMA, file), 'utf8'))]))

test('docs/schema.md has every table as it is in the database', async () => {
  await using t = await testDb()
  const tables = await readTables(t.db)
  expect(tables.length).toBeGreaterThan(50)
  const parts = [HEAD, writeTables(tables, words), writeWordTypes(await readWordTypes(t.db))]
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(join(ROOT, 'docs/schema.md'))
})

test('each table has a docstring in the schema', async () => {
  await using t = await testDb()
  const tables = await readTables(t.db)
  const silent = tables.filter(({ name }) => !words.get(name)?.about).map(({ name }) => name)
  expect(silent).toEqual([])
})
