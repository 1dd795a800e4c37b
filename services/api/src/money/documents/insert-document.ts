import type { Tx } from '@pix/db/client.ts'
import { documentContents, documentCounts, documents } from '@pix/db/schema/documents.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { type CertificateContent, type DocumentContent, documentNumber } from '@pix/domain/document-content.ts'
import { VAT_BP } from '@pix/domain/vat.ts'
import type { DocumentKind } from '@pix/domain/words.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
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
 * Writes a document of an order in the transaction of the fact that it records. Its number follows the one before of its
 * studio, kind and month: the count's row is locked until the transaction ends, and a transaction that is rolled back takes its
 * number back. So this comes as late as it can in a transaction.
 */
export const insertDocument = (
  ctx: Writing,
  tx: Tx,
  { order, sourceKind, sourceId, refersTo }: Fact,
  printed: Printed,
): Promise<{ id: string; number: string }> =>
  writeDocument(ctx, tx, {
    row: { kind: printed.kind, studioId: order.studioId, orderId: order.id, sourceKind, sourceId, refersTo },
    amounts: { total: printed.total, taxable: printed.taxable, vat: printed.vat },
    content: (number, at) => ({
      version: 1,
      number,
      orderNumber: order.number,
      vatBp: VAT_BP,
      issuedAt: at,
      datedAt: at,
      ...printed,
    }),
  })

/** The tax that was withheld from a line of a payout, with what its certificate prints. */
export interface Withheld {
  studioId: string
  lineId: string
  printed: Omit<CertificateContent, 'version' | 'kind' | 'number' | 'issuedAt'>
}

/** Writes the certificate of withheld tax in the transaction that says that its payout was transferred. */
export const issueCertificate = (
  ctx: Writing,
  tx: Tx,
  { studioId, lineId, printed }: Withheld,
): Promise<{ id: string; number: string }> => {
  const kind = 'withholding_certificate' as const
  return writeDocument(ctx, tx, {
    row: { kind, studioId, orderId: null, sourceKind: 'payout', sourceId: lineId, refersTo: null },
    amounts: { total: printed.paid, taxable: 0, vat: 0 },
    content: (number, issuedAt) => ({ version: 1, kind, number, issuedAt, ...printed }),
  })
}

type Row = typeof documents.$inferInsert

interface Writable {
  row: Pick<Row, 'kind' | 'studioId' | 'orderId' | 'sourceKind' | 'sourceId' | 'refersTo'>
  amounts: Pick<Row, 'total' | 'taxable' | 'vat'>
  content: (number: string, issuedAt: string) => DocumentContent | CertificateContent
}

async function writeDocument(
  ctx: Writing,
  tx: Tx,
  { row, amounts, content: contentOf }: Writable,
): Promise<{ id: string; number: string }> {
  const [id, at] = [ctx.newId(), ctx.now()]
  const period = monthOf(at)
  const count = await nextCount(tx, { studioId: row.studioId, kind: row.kind, period })
  const number = documentNumber(row.kind, period, count)
  const content = contentOf(number, at.toISOString())
  const json = JSON.stringify(content)
  await tx.insert(documents).values({
    id,
    ...row,
    ...amounts,
    period,
    count,
    number,
    issuedAt: at,
    datedAt: new Date(content.datedAt),
    contentHash: createHash('sha256').update(json).digest('hex'),
  })
  const sealed = seal(ctx.settings.COLUMN_KEYS, documentContents.content, id, json)
  await tx.insert(documentContents).values({ documentId: id, content: sealed })
  return { id, number }
}

/** `2026-11`, of Thailand. */
export const monthOf = (at: Date): string => bangkokDay(at).slice(0, 7)

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
