import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { newId } from '@pix/db/ids.ts'
import { documentContents, documents } from '@pix/db/schema/documents.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { SAMPLE_DOCUMENTS } from '@pix/pdf/sample-documents.ts'
import { createHash } from 'node:crypto'
import type { TestPlace } from '../testing.ts'

/** The receipt of a paid order, which nobody has drawn: rows only. @param count its place among those of the month */
export async function addDocument({ db, settings }: TestPlace, orderId: string, count = 1): Promise<string> {
  const [id, at, json] = [newId(), new Date(), JSON.stringify(SAMPLE_DOCUMENTS['receipt'])]
  const named = { kind: 'receipt' as const, period: '2026-11', count, number: `RC202611-0000${count}` }
  const of = { studioId: HOUSE_STUDIO, orderId, sourceKind: 'order' as const, sourceId: orderId }
  const contentHash = createHash('sha256').update(json).digest('hex')
  const amounts = { total: 50_000, taxable: 0, vat: 0, issuedAt: at, datedAt: at, contentHash }
  await db.insert(documents).values({ id, ...of, ...named, ...amounts })
  const content = seal(settings.COLUMN_KEYS, documentContents.content, id, json)
  await db.insert(documentContents).values({ documentId: id, content })
  return id
}
