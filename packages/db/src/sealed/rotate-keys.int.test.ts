import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db } from '../client.ts'
import { newId } from '../ids.ts'
import * as schema from '../schema/index.ts'
import { users } from '../schema/auth.ts'
import { secondFactors } from '../schema/second-factors.ts'
import { testDb } from '../testing.ts'
import { type ColumnKeys, parseColumnKeys } from './column-keys.ts'
import { rotateKeys, sealedColumns } from './rotate-keys.ts'
import { open, seal } from './seal.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [K1, K2] = [key('k1'), key('k2')]
const before = parseColumnKeys(K1)
const both = parseColumnKeys(`${K2},${K1}`)
const after = parseColumnKeys(K2)

async function addSecrets(db: Db, keys: ColumnKeys, count: number): Promise<Map<string, string>> {
  const secrets = new Map(Array.from({ length: count }, () => [newId(), randomBytes(10).toString('hex')]))
  for (const [id, secret] of secrets) {
    await db.insert(users).values({ id, email: `${id}@test.example`, name: 'A', role: 'user', passwordHash: 'none' })
    await db.insert(secondFactors).values({ userId: id, secret: seal(keys, secondFactors.secret, id, secret) })
  }
  return secrets
}

/** The column that the tests fill. */
const SECRETS = sealedColumns(schema).filter(({ name }) => name === 'second_factors.secret')

const opened = async (db: Db, keys: ColumnKeys) => {
  const rows = await db.select().from(secondFactors)
  return new Map(rows.map(row => [row.userId, open(keys, secondFactors.secret, row.userId, row.secret)]))
}

test('the sealed columns of the schema are those of the database', async () => {
  await using t = await testDb()
  const { rows } = await t.db.execute<{ name: string }>(sql`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and domain_name = 'sealed' order by 1`)
  expect(rows.length).toBeGreaterThan(0)
  expect(
    sealedColumns(schema)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(rows.map(({ name }) => name))
})

test('after a rotation every value opens with the new key alone, and a second run finds nothing', async () => {
  await using t = await testDb()
  const secrets = await addSecrets(t.db, before, 7)
  const fresh = await addSecrets(t.db, both, 2)
  const rotate = () => rotateKeys(t.db, both, SECRETS, { batch: 3 })

  expect(await rotate()).toEqual([{ column: 'second_factors.secret', resealed: 7, unreadable: [] }])
  expect(await opened(t.db, after)).toEqual(new Map([...secrets, ...fresh]))
  expect(await rotate()).toEqual([{ column: 'second_factors.secret', resealed: 0, unreadable: [] }])
})

test('a rotation that is ended in the middle loses nothing, and the next one goes on', async () => {
  await using t = await testDb()
  const secrets = await addSecrets(t.db, before, 5)
  const killed = rotateKeys(t.db, both, SECRETS, {
    batch: 2,
    onBatch: () => {
      throw new Error('killed')
    },
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await opened(t.db, both)).toEqual(secrets)

  const [rest] = await rotateKeys(t.db, both, SECRETS, { batch: 2 })
  expect(rest!.resealed).toBe(3)
  expect(await opened(t.db, after)).toEqual(secrets)
})

test('two rotations at once reseal each value once', async () => {
  await using t = await testDb()
  const secrets = await addSecrets(t.db, before, 8)
  const rotate = () => rotateKeys(t.db, both, SECRETS, { batch: 2 })
  const [[a], [b]] = await Promise.all([rotate(), rotate()])
  expect(a!.resealed + b!.resealed).toBe(8)
  expect(await opened(t.db, after)).toEqual(secrets)
})

test('a value that no key opens is named and left as it was, and the others are resealed', async () => {
  await using t = await testDb()
  const [lost] = [...(await addSecrets(t.db, parseColumnKeys(key('k0')), 1)).keys()]
  await addSecrets(t.db, before, 3)
  const [done] = await rotateKeys(t.db, both, SECRETS, { batch: 1 })
  expect(done).toEqual({ column: 'second_factors.secret', resealed: 3, unreadable: [lost] })
})
