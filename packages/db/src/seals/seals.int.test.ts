import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appendAudit } from '../append-audit.ts'
import { seals } from '../schema/seals.ts'
import { asSystem } from '../tenant.ts'
import { testDb, type TestDb } from '../testing.ts'
import { createSealer } from './seal-rows.ts'
import { verifySeals } from './verify-seals.ts'

const now = () => new Date()
/** Transactions of other databases of the server are waited for as well. */
const PATIENT = { now, patienceMs: 60_000 }
const append = ({ db }: Pick<TestDb, 'db'>, n: number) =>
  appendAudit(asSystem({ db }), 'event.status', `event:${n}`, { before: { n }, after: { ชื่อ: 'ก', n: n + 0.5 } })

/** Three seals of two rows each, and a seventh row after them. */
async function sealed(t: TestDb) {
  const seal = createSealer({ ...PATIENT, db: t.db }, 'audit')
  for (const number of [1, 2, 3]) {
    const positions = [2 * number - 1, 2 * number]
    for (const n of positions) await append(t, n)
    expect((await seal()).made).toMatchObject({ number, positions })
  }
  expect(await seal()).toEqual({ made: null, isSettled: true })
  await append(t, 7)
  return { seal, verify: (known?: Map<number, string>) => verifySeals(t.db, 'audit', known) }
}

test('what was sealed and left alone is found whole, and what is not sealed yet is counted', async () => {
  await using t = await testDb()
  const { verify, seal } = await sealed(t)
  expect(await verify()).toMatchObject({ seals: 3, rows: 6, unsealed: 1, faults: 0, first: null })
  await seal()
  const verdict = await verify()
  expect(verdict).toMatchObject({ seals: 4, rows: 7, unsealed: 0, oldestUnsealedAt: null, faults: 0 })
  expect(verdict.last).toEqual({ number: 4, root: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('what waits beyond the most rows of a seal is sealed in several, one after the other', async () => {
  await using t = await testDb()
  for (const n of [1, 2, 3, 4, 5]) await append(t, n)
  const seal = createSealer({ ...PATIENT, db: t.db, largest: 2 }, 'audit')
  const runs = [await seal(), await seal(), await seal()]
  expect(runs.map(({ made, isMore = false }) => [made?.positions, isMore])).toEqual([
    [[1, 2], true],
    [[3, 4], true],
    [[5], false],
  ])
  expect(await verifySeals(t.db, 'audit')).toMatchObject({ seals: 3, rows: 5, unsealed: 0, faults: 0 })
})

/** What somebody with the owner's role may try, and the first fault that it leads to. */
const TAMPERED: [what: string, statement: string, fault: object][] = [
  ['a field', `update audit_events set subject = 'event:9' where position = 3`, { what: 'changed', position: 3 }],
  [
    'what was before',
    `update audit_events set before = '{"n": 9}' where position = 4`,
    { what: 'changed', position: 4 },
  ],
  [
    'a microsecond',
    `update audit_events set created_at = created_at + interval '1 microsecond' where position = 2`,
    { what: 'changed', position: 2 },
  ],
  ['a row that is gone', 'delete from audit_events where position = 3', { what: 'missing', position: 3, id: null }],
  ['the last row of a seal', 'delete from audit_events where position = 6', { what: 'missing', position: 6 }],
  ['a seal', `update seals set tree_root = repeat('0', 64) where number = 2`, { what: 'seal_changed', number: 2 }],
  [
    'a leaf',
    `update seals set leaves = sha256('') || sha256('') where number = 1`,
    { what: 'seal_changed', number: 1 },
  ],
  ['a seal that is gone', 'delete from seals where number = 2', { what: 'seal_missing', number: 3 }],
  ['a seal’s time', `update seals set sealed_at = sealed_at - interval '1 day'`, { what: 'seal_changed', number: 1 }],
]

test('every change by the role that owns the tables is found, and its row or seal is named', async () => {
  for (const [what, statement, fault] of TAMPERED) {
    await using t = await testDb()
    const { verify } = await sealed(t)
    await t.owner().execute(sql.raw(statement))
    const verdict = await verify()
    expect([what, verdict.faults > 0, verdict.first]).toEqual([what, true, expect.objectContaining(fault)])
  }
})

test('a row inserted later is named: into a sealed place, and at the end with a time before the last seal', async () => {
  await using t = await testDb()
  await t.db.transaction(async tx => {
    await tx.execute(sql`select next_position('audit_events_position_seq')`)
  })
  const { verify } = await sealedAfterGap(t)
  const insert = (columns: string, values: string) =>
    t
      .owner()
      .execute(
        sql.raw(
          `insert into audit_events (id, action, subject ${columns}) values (gen_random_uuid(), 'x', 'y' ${values})`,
        ),
      )
  await insert(', created_at', `, now() - interval '2 days'`)
  expect((await verify()).first).toMatchObject({ what: 'back_dated', number: 0, position: 4 })
  await insert(', position', ', 1')
  expect((await verify()).first).toMatchObject({ what: 'added', number: 1, position: 1 })
})

/** Rows in the places 2 and 3, after a transaction that was taken back and left place 1 empty. */
async function sealedAfterGap(t: TestDb) {
  const seal = createSealer({ ...PATIENT, db: t.db }, 'audit')
  await append(t, 2)
  await append(t, 3)
  expect((await seal()).made).toMatchObject({ firstPosition: 1, lastPosition: 3, positions: [2, 3] })
  return { verify: () => verifySeals(t.db, 'audit') }
}

test('with the kept root of the last seal, a cut-off end of the chain is found', async () => {
  await using t = await testDb()
  const { verify } = await sealed(t)
  const { number, root } = (await verify()).last!
  await t.owner().execute(sql`delete from seals where number = 3`)
  await t.owner().execute(sql`delete from audit_events where position > 4`)
  expect(await verify()).toMatchObject({ faults: 0 })
  expect(await verify(new Map([[number, root]]))).toMatchObject({ first: { what: 'seal_missing', number: 3 } })
  expect(await verify(new Map([[1, root]]))).toMatchObject({ first: { what: 'root_unknown', number: 1 } })
})

test('a transaction under way is waited for by the sealer alone, and its row is in the seal that follows', async () => {
  await using t = await testDb()
  const seal = createSealer({ db: t.db, now, patienceMs: 0 }, 'audit')
  const slow = await t.db.$client.connect()
  await slow.query('begin')
  await slow.query(`insert into audit_events (id, action, subject) values (gen_random_uuid(), 'x', 'y')`)
  await append(t, 2)
  await append(t, 3)
  expect(await seal()).toEqual({ made: null, isSettled: false })
  expect(await seal()).toEqual({ made: null, isSettled: false })
  expect(await t.db.$count(seals)).toBe(0)
  await slow.query('commit')
  slow.release()
  await expect
    .poll(async () => (await seal()).made)
    .toMatchObject({ firstPosition: 1, lastPosition: 3, positions: [1, 2, 3] })
})

test('two processes that seal at once make one seal', async () => {
  await using t = await testDb()
  for (const n of [1, 2, 3]) await append(t, n)
  const made = await Promise.all([1, 2, 3, 4].map(() => createSealer({ ...PATIENT, db: t.db }, 'audit')()))
  expect(made.filter(one => one.made !== null)).toHaveLength(1)
  expect(await verifySeals(t.db, 'audit')).toMatchObject({ seals: 1, rows: 3, faults: 0 })
})
