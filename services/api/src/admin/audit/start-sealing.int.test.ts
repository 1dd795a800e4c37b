import { appendAudit } from '@pix/db/append-audit.ts'
import { seals } from '@pix/db/schema/seals.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { testDb } from '@pix/db/testing.ts'
import { createLog } from '@pix/platform/log.ts'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createSealing } from './start-sealing.ts'

const MINUTE_MS = 60_000

/** A sealing of the audit whose clock the test moves, with the lines of its log. */
function sealing(db: Parameters<typeof createSealing>[0]['db'], patienceMs: number) {
  const lines: string[] = []
  const log = createLog('api', { level: 'info', pretty: false }, { write: line => void lines.push(line) })
  let at = Date.now()
  const run = createSealing({ db, now: () => new Date(at), log }, 'audit', { patienceMs })
  return { run, forward: (ms: number) => void (at += ms), lines: () => lines.map(line => JSON.parse(line) as object) }
}

test('the root of each seal is in the log, so that an end of the chain that is cut off can be noticed', async () => {
  await using t = await testDb()
  for (const n of [1, 2]) await appendAudit(asSystem(t), 'event.status', `event:${n}`, {})
  const { run, lines } = sealing(t.db, 60_000)
  await run()
  const [seal] = await t.db.select().from(seals)
  expect(lines()).toMatchObject([{ msg: 'sealed', kind: 'audit', number: 1, rows: 2, root: seal!.root }])
})

test('a transaction that stays open holds the seal up, and after half an hour the sweep fails', async () => {
  await using t = await testDb()
  const { run, forward } = sealing(t.db, 50)
  const client = await t.owner().$client.connect()
  await client.query('begin; select pg_current_xact_id()')
  try {
    await appendAudit(asSystem(t), 'event.status', 'event:1', {})
    await run()
    forward(30 * MINUTE_MS)
    await run()
    expect((await t.db.execute(sql`select from ${seals}`)).rowCount).toBe(0)
    forward(1_000)
    await expect(run()).rejects.toThrow('open for more than half an hour')
  } finally {
    await client.query('rollback')
    client.release()
  }
})
