import { appendAudit } from '@pix/db/append-audit.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import type { Verdict } from '@pix/db/seals/verify-seals.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { sql } from 'drizzle-orm'
import { execa } from 'execa'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './base/paths.ts'

const run = async ({ appUrl }: TestDb, ...args: string[]) => {
  const file = join(ROOT, 'infra/stack/src/verify-audit.ts')
  const env = { DATABASE_URL: appUrl }
  return execa(process.execPath, [...TYPESCRIPT, file, ...args], { cwd: ROOT, env, reject: false })
}

test('the command says that all is as sealed, or names the first row that is not and ends with 1', async () => {
  await using t = await testDb()
  const seal = createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'audit')
  for (const n of [1, 2, 3]) await appendAudit(asSystem({ db: t.db }), 'event.status', `event:${n}`, {})
  const { made } = await seal()
  const whole = await run(t, '--json')
  expect([whole.exitCode, JSON.parse(whole.stdout) as Verdict]).toEqual([
    0,
    expect.objectContaining({ seals: 1, rows: 3, unsealed: 0, faults: 0, last: { number: 1, root: made?.root } }),
  ])
  expect(await run(t, '--known', `1:${made?.root}`)).toMatchObject({ exitCode: 0 })
  expect(await run(t, '--known', `2:${made?.root}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('seal 2 is not there'),
  })

  await t.owner().execute(sql`update audit_events set subject = 'event:9' where position = 2`)
  const changed = await run(t)
  expect(changed.exitCode).toBe(1)
  expect(changed.stderr).toMatch(/^1 faults\. The first: row [0-9a-f-]{36} at 2 was changed after it was sealed\.$/m)
  expect(await run(t, '--known', 'all')).toMatchObject({ exitCode: 1 })
})
