import type { Tx } from '@pix/db/client.ts'
import { documentContents, documentCounts, documents } from '@pix/db/schema/documents.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { type DocumentContent, documentNumber } from '@pix/domain/document-content.ts'
import { VAT_BP } from '@pix/domain/vat.ts'
import type { DocumentKind } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import type { Context } from '../../base/context.ts'

export type Writing = Pick<Context, 'now' | 'newId' | 'settings'>

/** The fact that a document records: it makes one document. */
export interface Fact {
  order: { id: string; number: string; studioId: string }
  sourceKind: 'order' | 'refund' | 'exchange'
  sourceId: string
  /** The document that it corrects or replaces. */
  refersTo: string | null
}

/** What a document prints, less what it gets when it is written. */
export type Printed = Omit<DocumentContent, 'version' | 'number' | 'orderNumber' | 'issuedAt' | 'datedAt' | 'vatBp'> & {
  /** Its date, where that is not today's. */
  datedAt?: string
}

/**
 * Writes a document in the transaction of the fact that it records. Its number follows the one before of its studio, kind and
 * month: the count's row is locked until the transaction ends, and a transaction that is rolled back takes its number back. So
 * this comes as late as it can in a transaction.
 */
export async function insertDocument(
  tx: Tx,
  ctx: Writing,
  { order, sourceKind, sourceId, refersTo }: Fact,
  printed: Printed,
): Promise<{ id: string; number: string }> {
  const [id, at] = [ctx.newId(), ctx.now()]
  const period = monthOf(at)
  const count = await nextCount(tx, { studioId: order.studioId, kind: printed.kind, period })
  const number = documentNumber(printed.kind, period, count)
  const content: DocumentContent = {
    version: 1,
    number,
    orderNumber: order.number,
    vatBp: VAT_BP,
    issuedAt: at.toISOString(),
    datedAt: at.toISOString(),
    ...printed,
  }
  const json = JSON.stringify(content)
  await tx.insert(documents).values({
    id,
    studioId: order.studioId,
    orderId: order.id,
    kind: content.kind,
    period,
    count,
    number,
    sourceKind,
    sourceId,
    refersTo,
    total: content.total,
    taxable: content.taxable,
    vat: content.vat,
    issuedAt: at,
    datedAt: new Date(content.datedAt),
    contentHash: createHash('sha256').update(json).digest('hex'),
  })
  const sealed = seal(ctx.settings.COLUMN_KEYS, documentContents.content, id, json)
  await tx.insert(documentContents).values({ documentId: id, content: sealed })
  return { id, number }
}

/** `2026-11`, of Thailand. */
export const monthOf = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok', year: 'numeric', month: '2-digit' }).format(at)

async function nextCount(tx: Tx, of: { studioId: string; kind: DocumentKind; period: string }): Promise<number> {
  const [row] = await tx
    .insert(documentCounts)
    .values({ ...of, last: 1 })
    .onConflictDoUpdate({
      target: [documentCounts.studioId, documentCounts.kind, documentCounts.period],
      set: { last: sql`${documentCounts.last} + 1` },
    })
    .returning({ last: documentCounts.last })
  return row!.last
}
