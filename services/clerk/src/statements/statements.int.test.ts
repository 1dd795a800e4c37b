import { newId } from '@pix/db/ids.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { users } from '@pix/db/schema/auth.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { attachmentsOf } from '@pix/pdf/attachments-testing.ts'
import { statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPlace, type TestPlace } from '../testing.ts'
import { drawStatementFile } from './draw-statement-file.ts'
import { enqueueStatements, expireStatements } from './sweep-statements.ts'

const DAY = new Date('2026-11-20T08:00:00Z')
const silent = new AbortController().signal
/** More than are read at once. */
const LINES = 450

let place: TestPlace
let photographerId: string
let accountId: string
beforeAll(async () => {
  place = await testPlace()
  const { db } = place
  photographerId = newId()
  await db.insert(users).values({ id: photographerId, email: 'p@test', name: 'สมชาย', role: 'user', passwordHash: '-' })
  const gateway = newId()
  accountId = newId()
  await db.insert(ledgerAccounts).values([
    { id: gateway, kind: 'organizer_payable', ownerId: newId() },
    { id: accountId, kind: 'photographer_payable', ownerId: photographerId },
  ])
  await db.transaction(async tx => {
    const postings = Array.from({ length: LINES }, () => newId())
    const source = { kind: 'refund_transfer' as const, sourceKind: 'refund_transfer' as const, createdAt: DAY }
    await tx.insert(ledgerPostings).values(postings.map(id => ({ id, ...source, sourceId: id })))
    await tx.insert(ledgerEntries).values(
      postings.flatMap(postingId => [
        { id: newId(), postingId, accountId: gateway, amount: 100 },
        { id: newId(), postingId, accountId, amount: -100 },
      ]),
    )
  })
  await createSealer({ db, now: () => DAY }, 'ledger')()
})
afterAll(() => place[Symbol.asyncDispose]())

const deps = (now = () => DAY) => ({ db: place.db, storage: place.storage, now })

async function asked(fromDay = '2026-11-01'): Promise<string> {
  const id = newId()
  await place.db.insert(statementFiles).values({
    id,
    userId: photographerId,
    party: 'photographer',
    ownerId: photographerId,
    payee: 'สมชาย',
    accountIds: [accountId],
    fromDay,
    toDay: '2026-11-30',
    locale: 'th',
    state: 'queued',
    queuedAt: DAY,
    lineCount: LINES,
  })
  return id
}
const rowOf = async (id: string) => (await place.db.select().from(statementFiles).where(eq(statementFiles.id, id)))[0]

test('the PDF of a statement carries the path of every line to its root, which a stranger’s script checks', async () => {
  const id = await asked()
  expect(await drawStatementFile(deps(), id, silent)).toBe('drawn')
  expect(await rowOf(id)).toMatchObject({ state: 'ready', linesDrawn: LINES, readyAt: DAY })
  const pdf = (await readWhole(place.storage, MAIN_BUCKET, statementKey(id)))!
  expect((await rowOf(id))!.bytes).toBe(pdf.length)

  const proofs = attachmentsOf(pdf)
  const parts = proofs.map(json => JSON.parse(json) as { opening: object; closing: object; lines: unknown[] })
  expect(parts.map(({ lines }) => lines.length)).toEqual([200, 200, 50])
  // Each begins where the one before ends.
  expect(parts.slice(1).map(({ opening }) => opening)).toEqual(parts.slice(0, -1).map(({ closing }) => closing))
  const folder = await mkdtemp(join(tmpdir(), 'pix-statement-'))
  const script = fileURLToPath(new URL('../../../../docs/guides/check-statement.mjs', import.meta.url))
  for (const [at, json] of proofs.entries()) {
    await writeFile(join(folder, 'proof.json'), json)
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, 'proof.json')])
    expect(stdout).toContain(`${parts[at]!.lines.length} lines stand in 1 seals, 0 are not sealed yet, 0 faults`)
  }
  await rm(folder, { recursive: true })
})

test('a statement that the clerk had to leave waits for the next one, uncounted; what cannot be stored fails after three tries', async () => {
  const stopped = new AbortController()
  stopped.abort(new Error('stop'))
  const id = await asked('2026-11-02')
  expect(await drawStatementFile(deps(), id, stopped.signal)).toBe('given_back')
  expect(await rowOf(id)).toMatchObject({ state: 'queued', attempts: 0 })
  const full = { ...place.storage, put: async () => Promise.reject(new Error('the disk is full')) }
  for (const state of ['queued', 'queued', 'failed']) {
    await expect(drawStatementFile({ ...deps(), storage: full }, id, silent)).rejects.toThrow('disk is full')
    expect((await rowOf(id))!.state).toBe(state)
  }
  expect(await drawStatementFile(deps(), id, silent)).toBe('nothing')
})

test('a statement whose reader deleted their account while it was drawn is deleted', async () => {
  const id = await asked('2026-11-03')
  const storage = {
    ...place.storage,
    put: async (...put: Parameters<typeof place.storage.put>) => {
      const stored = await place.storage.put(...put)
      await place.db.delete(statementFiles).where(eq(statementFiles.id, id))
      return stored
    },
  }
  expect(await drawStatementFile({ ...deps(), storage }, id, silent)).toBe('nothing')
  expect(await place.storage.exists(MAIN_BUCKET, statementKey(id))).toBe(false)
})

test('a lost job is found again, and a statement whose time is over is deleted with its file', async () => {
  const id = await asked('2026-11-04')
  const found: string[] = []
  const enqueue = Object.assign(
    async (_job: unknown, { statementId }: { statementId: string }) => void found.push(statementId),
    {
      keys: async () => [],
    },
  )
  await enqueueStatements({ ...deps(), enqueue: enqueue as never })
  expect(found).toContain(id)
  await drawStatementFile(deps(), id, silent)
  await expireStatements(deps(() => new Date('2026-11-27T07:59:00Z')))
  expect(await place.storage.exists(MAIN_BUCKET, statementKey(id))).toBe(true)
  await expireStatements(deps(() => new Date('2026-11-27T08:01:00Z')))
  expect([await rowOf(id), await place.storage.exists(MAIN_BUCKET, statementKey(id))]).toEqual([undefined, false])
})
