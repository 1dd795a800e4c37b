import { killedAtEach } from '@pix/db/dying-testing.ts'
import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { documentFiles } from '@pix/db/schema/documents.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { documentKey, statementKey } from '@pix/platform/storage-keys.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDocument } from './documents/documents-testing.ts'
import { drawDocument } from './documents/draw-document.ts'
import { drawStatementFile } from './statements/draw-statement-file.ts'
import { testPlace, type TestPlace } from './testing.ts'

// Letters and ZIPs have tests that kill the clerk's own process: smtp-process.int.test.ts and start-clerk.int.test.ts.

const now = () => new Date()
const { signal } = new AbortController()
const MOMENTS = ['before', 'after'] as const

let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const at = (sent: (typeof MOMENTS)[number]) => ({ url: place.settings.DATABASE_URL, db: place.db, sent })

test.each(MOMENTS)(
  'a clerk killed %s any statement of a document leaves one that the next try draws, once',
  async sent => {
    const { db, storage, settings } = place
    const order = await place.addPaidOrder([{ fileName: 'a.jpg', bytes: Buffer.from('a') }], now())
    const id = await addDocument(place, order.id, MOMENTS.indexOf(sent) + 1)
    const draw = (on: typeof db) => drawDocument({ db: on, storage, keys: settings.COLUMN_KEYS, now }, id)
    const files = () => db.select().from(documentFiles).where(eq(documentFiles.documentId, id))
    const deaths = await killedAtEach(at(sent), draw, async () => {
      const [file, ...more] = await files()
      expect(more).toEqual([])
      // The row says that the PDF is there: it never stands without the PDF.
      expect(file === undefined || (await storage.exists(MAIN_BUCKET, documentKey(HOUSE_STUDIO, id)))).toBe(true)
    })
    expect(deaths).toBeGreaterThan(1)
    await draw(db)
    expect(await files()).toHaveLength(1)
  },
)

/** A payee's statement of one line, asked for and not drawn. @returns its id */
async function askedStatement(): Promise<string> {
  const [id, payee, accountId, other, postingId] = [newId(), newId(), newId(), newId(), newId()]
  const { db } = place
  await db.insert(users).values({ id: payee, email: `${payee}@test`, name: 'P', role: 'user', passwordHash: '-' })
  await db.insert(ledgerAccounts).values([
    { id: other, kind: 'organizer_payable', ownerId: newId() },
    { id: accountId, kind: 'photographer_payable', ownerId: payee },
  ])
  await db.transaction(async tx => {
    const source = { kind: 'refund_transfer', sourceKind: 'refund_transfer', sourceId: postingId } as const
    await tx.insert(ledgerPostings).values({ id: postingId, ...source, createdAt: new Date('2026-11-20T08:00:00Z') })
    const entries = [100, -100].map((amount, i) => ({
      id: newId(),
      postingId,
      accountId: [other, accountId][i]!,
      amount,
    }))
    await tx.insert(ledgerEntries).values(entries)
  })
  const asked = { userId: payee, party: 'photographer' as const, ownerId: payee, payee: 'P', accountIds: [accountId] }
  const days = { fromDay: '2026-11-01', toDay: '2026-11-30', locale: 'th', lineCount: 1 }
  await db.insert(statementFiles).values({ id, ...asked, ...days, state: 'queued', queuedAt: now() })
  return id
}

test.each(MOMENTS)(
  'a clerk killed %s any statement of a payee’s PDF leaves one that the next try draws',
  async sent => {
    const { db, storage } = place
    let id = await askedStatement()
    const row = async () => (await db.select().from(statementFiles).where(eq(statementFiles.id, id)))[0]!
    const draw = (on: typeof db) => drawStatementFile({ db: on, storage, now }, id, signal)
    const deaths = await killedAtEach(at(sent), draw, async () => {
      const left = await row()
      if (left.state !== 'ready') await draw(db)
      expect(await row()).toMatchObject({ state: 'ready', linesDrawn: 1 })
      expect(await storage.exists(MAIN_BUCKET, statementKey(id))).toBe(true)
      id = await askedStatement()
    })
    expect(deaths).toBeGreaterThan(3)
  },
)
