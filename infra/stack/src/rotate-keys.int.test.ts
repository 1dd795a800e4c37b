import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { parseColumnKeys } from '@pix/db/sealed/column-keys.ts'
import { open, seal } from '@pix/db/sealed/seal.ts'
import { testDb } from '@pix/db/testing.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './base/paths.ts'

const rotate = (appUrl: string, columnKeys: string) =>
  execa(process.execPath, [...TYPESCRIPT, join(ROOT, 'infra/stack/src/rotate-keys.ts')], {
    cwd: ROOT,
    env: { DATABASE_URL: appUrl, COLUMN_KEYS: columnKeys },
    all: true,
    reject: false,
  })

test(
  'the command re-encrypts with the first key, prints counts, and fails where a key is missing',
  { timeout: 300_000 },
  async () => {
    await using t = await testDb()
    const [k1, k2] = ['k1', 'k2'].map(id => `${id}:${randomBytes(32).toString('base64')}`)
    const userId = newId()
    await t.db
      .insert(users)
      .values({ id: userId, email: `${userId}@test.example`, name: 'A', role: 'user', passwordHash: 'none' })
    const secret = seal(parseColumnKeys(k1!), secondFactors.secret, userId, 'SECRET')
    await t.db.insert(secondFactors).values({ userId, secret })

    const without = await rotate(t.appUrl, k2!)
    expect(without.exitCode).toBe(1)
    expect(without.all).toContain(`row ${userId} needs a key that is not in COLUMN_KEYS`)

    const done = await rotate(t.appUrl, `${k2},${k1}`)
    expect(done.all).toContain('second_factors.secret: 1 re-encrypted with key "k2", 0 that no key opens')
    expect(done.exitCode).toBe(0)
    const [row] = await t.db.select().from(secondFactors)
    expect(open(parseColumnKeys(k2!), secondFactors.secret, userId, row!.secret)).toBe('SECRET')
  },
)
