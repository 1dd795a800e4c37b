import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Queryable } from '../client.ts'
import { newId } from '../ids.ts'
import { users } from '../schema/auth.ts'
import type { Sealed } from '../schema/columns.ts'
import { secondFactors } from '../schema/second-factors.ts'
import { testDb } from '../testing.ts'
import { parseColumnKeys } from './column-keys.ts'
import { open, seal } from './seal.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const keys = parseColumnKeys(key('k1'))
/** Node's words for a wrong tag, and ours for an unknown key. */
const REFUSED = /unable to authenticate data|there is no column key|Invalid/
const SECRET = 'JBSWY3DPEHPK3PXP'

async function addUser(db: Queryable): Promise<string> {
  const id = newId()
  await db.insert(users).values({ id, email: `${id}@test.example`, name: 'A', role: 'user', passwordHash: 'none' })
  return id
}

test('a sealed value opens for its row, and the database holds nothing of its text', async () => {
  await using t = await testDb()
  const userId = await addUser(t.db)
  const secret = seal(keys, secondFactors.secret, userId, SECRET)
  await t.db.insert(secondFactors).values({ userId, secret })

  const [row] = await t.db.select().from(secondFactors).where(eq(secondFactors.userId, userId))
  expect(open(keys, secondFactors.secret, userId, row!.secret)).toBe(SECRET)
  expect(row!.secret.includes(SECRET)).toBe(false)
  expect(seal(keys, secondFactors.secret, userId, SECRET).equals(secret)).toBe(false)
})

test('a value moved to another row does not open', async () => {
  await using t = await testDb()
  const [mine, theirs] = [await addUser(t.db), await addUser(t.db)]
  await t.db.insert(secondFactors).values([
    { userId: mine, secret: seal(keys, secondFactors.secret, mine, SECRET) },
    { userId: theirs, secret: seal(keys, secondFactors.secret, theirs, 'ANOTHER') },
  ])
  await t.db.execute(
    sql`update second_factors set secret = (select secret from second_factors where user_id = ${mine}) where user_id = ${theirs}`,
  )
  const [moved] = await t.db.select().from(secondFactors).where(eq(secondFactors.userId, theirs))
  expect(() => open(keys, secondFactors.secret, theirs, moved!.secret)).toThrow(REFUSED)
  expect(open(keys, secondFactors.secret, mine, moved!.secret)).toBe(SECRET)
})

test('no changed byte of a sealed value opens, nor another column, nor without its key', () => {
  const rowId = newId()
  const sealed = seal(keys, secondFactors.secret, rowId, SECRET)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed) as Sealed
    changed[at]! ^= 1
    expect(() => open(keys, secondFactors.secret, rowId, changed), `byte ${at}`).toThrow(REFUSED)
  }
  expect(() => open(keys, users.name, rowId, sealed)).toThrow(REFUSED)
  expect(() => open(parseColumnKeys(key('k2')), secondFactors.secret, rowId, sealed)).toThrow('no column key "k1"')
  expect(() => open(parseColumnKeys(key('k1')), secondFactors.secret, rowId, sealed)).toThrow(REFUSED)
})

test('the database refuses bytes that are not sealed', async () => {
  await using t = await testDb()
  const userId = await addUser(t.db)
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from(SECRET),
    Buffer.alloc(80, 'A'),
    Buffer.from([1, 9, ...Buffer.alloc(36)]),
  ]) {
    const insert = t.db.execute(sql`insert into second_factors (user_id, secret) values (${userId}, ${bytes})`)
    await expect(insert).rejects.toMatchObject({ cause: { constraint: 'sealed_form' } })
  }
})
