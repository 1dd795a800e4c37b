import { openContent } from '@pix/db/sealed/document-content.ts'
import type { Queryable } from '@pix/db/client.ts'
import { documentContents, documents } from '@pix/db/schema/documents.ts'
import type { DocumentContent } from '@pix/domain/document-content.ts'
import { and, asc, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../base/context.ts'

type Keys = Pick<Context, 'settings'>
export type DocumentRow = typeof documents.$inferSelect

/** A document with what it prints. */
export interface OpenDocument {
  row: DocumentRow
  content: DocumentContent
}

const later = alias(documents, 'later')

/** SQL: documents of sales that are in force, that is, that no other document replaces. */
const inForce = (db: Queryable, which: SQL) =>
  db
    .select({ row: documents, content: documentContents.content })
    .from(documents)
    .innerJoin(documentContents, eq(documentContents.documentId, documents.id))
    .leftJoin(later, and(eq(later.refersTo, documents.id), eq(later.sourceKind, 'exchange')))
    .where(and(which, ne(documents.sourceKind, 'refund'), isNull(later.id)))

/** The document of an order's sale that is in force. Null where it has none. */
export async function saleDocumentOf(ctx: Keys, db: Queryable, orderId: string): Promise<OpenDocument | null> {
  const [found] = await inForce(db, eq(documents.orderId, orderId))
  return found ? { row: found.row, content: openContent(ctx.settings.COLUMN_KEYS, found.row, found.content) } : null
}

/** The receipt or tax invoice that is in force, by order. */
export async function documentsInForce(
  { db }: Pick<Context, 'db'>,
  orderIds: readonly string[],
): Promise<Map<string, Pick<DocumentRow, 'id' | 'number' | 'kind'>>> {
  const found = await inForce(db, inArray(documents.orderId, [...orderIds]))
  return new Map(
    found.flatMap(({ row: { id, number, kind, orderId } }) =>
      orderId === null ? [] : [[orderId, { id, number, kind }]],
    ),
  )
}

/** The credit notes of an order, oldest first. */
export const creditNotesOf = (db: Queryable, orderId: string): Promise<DocumentRow[]> =>
  db
    .select()
    .from(documents)
    .where(and(eq(documents.orderId, orderId), eq(documents.sourceKind, 'refund')))
    .orderBy(asc(documents.issuedAt), asc(documents.id))

/** What all documents of an order print, oldest first. */
export async function printedOf({ db, settings }: Pick<Context, 'db' | 'settings'>, orderId: string) {
  const found = await db
    .select({ row: documents, content: documentContents.content })
    .from(documents)
    .innerJoin(documentContents, eq(documentContents.documentId, documents.id))
    .where(eq(documents.orderId, orderId))
    .orderBy(asc(documents.issuedAt), asc(documents.id))
  return found.map(({ row, content }) => openContent(settings.COLUMN_KEYS, row, content))
}
