import { DOCUMENT_KINDS, DOCUMENT_SOURCES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, sealed } from './columns.ts'
import { orders } from './orders.ts'
import { names, namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const documentKind = pgEnum('document_kind', DOCUMENT_KINDS)
export const documentSource = pgEnum('document_source', DOCUMENT_SOURCES)

/**
 * Receipts, tax invoices, credit notes and certificates of withheld tax: written in the transaction of the fact that they
 * record, never changed. One that another replaces is void by that; a certificate is void once its payout came back.
 */
export const documents = pgTable(
  'documents',
  {
    id: id(),
    studioId: uuid('studio_id').notNull(),
    /** Null for a certificate of withheld tax: a payout is of many orders. */
    orderId: uuid('order_id'),
    kind: documentKind('kind').notNull(),
    /** The month in which it is made, `2026-11`, and its count in it: without gaps for each studio, kind and month. */
    period: text('period').notNull(),
    count: integer('count').notNull(),
    /** As it is printed: `RC202611-00042`. */
    number: text('number').notNull(),
    sourceKind: documentSource('source_kind').notNull(),
    /** The order, the refund, the document that was exchanged, or the line of a payout. */
    sourceId: uuid('source_id').notNull(),
    /** The document that a credit note corrects, or that an exchange replaces. */
    refersTo: uuid('refers_to'),
    /** Satang. */
    total: bigint('total', { mode: 'number' }).notNull(),
    taxable: bigint('taxable', { mode: 'number' }).notNull(),
    vat: bigint('vat', { mode: 'number' }).notNull(),
    issuedAt: instant('issued_at').notNull(),
    /** Its date: the month that its tax belongs to is that of this day, in Thailand. */
    datedAt: instant('dated_at').notNull(),
    /** SHA-256 of its content, hex. It is checked each time the content is opened. */
    contentHash: text('content_hash').notNull(),
  },
  t => [
    unique('documents_number').on(t.studioId, t.number),
    unique('documents_count').on(t.studioId, t.kind, t.period, t.count),
    unique('documents_once').on(t.sourceKind, t.sourceId),
    unique('documents_of_order').on(t.id, t.orderId),
    foreignKey({
      name: 'documents_order_of_studio',
      columns: [t.orderId, t.studioId],
      foreignColumns: [orders.id, orders.studioId],
    }),
    foreignKey({
      name: 'documents_refers_to_of_order',
      columns: [t.refersTo, t.orderId],
      foreignColumns: [t.id, t.orderId],
    }),
    check('documents_count_positive', sql`${t.count} > 0`),
    check('documents_period', sql`${t.period} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
    check('documents_amounts', sql`${t.total} > 0 and ${t.taxable} between 0 and ${t.total}`),
    check('documents_vat', sql`${t.vat} between 0 and ${t.taxable}`),
    check('documents_refer', sql`(${t.sourceKind}::text in ('order', 'payout')) = (${t.refersTo} is null)`),
    check('documents_of_order_or_payout', sql`(${t.sourceKind}::text = 'payout') = (${t.orderId} is null)`),
    check('documents_payout', sql`(${t.sourceKind}::text = 'payout') = (${t.kind}::text = 'withholding_certificate')`),
    check('documents_exchange', sql`${t.sourceKind} <> 'exchange' or ${t.sourceId} = ${t.refersTo}`),
    check('documents_refund', sql`(${t.sourceKind} = 'refund') = (${t.kind} = 'credit_note')`),
    index('documents_order').on(t.orderId, t.studioId),
    index('documents_refers_to').on(t.refersTo, t.orderId),
    index('documents_studio').on(t.studioId, t.issuedAt, t.id),
    index('documents_dated').on(t.studioId, t.datedAt, t.id),
    index('documents_issued').on(t.issuedAt, t.id),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** What a document prints, the domain's `DocumentContent` as JSON. It is encrypted: names, addresses and tax ids are in it. */
export const documentContents = pgTable(
  'document_contents',
  {
    documentId: uuid('document_id')
      .primaryKey()
      .references(() => documents.id),
    content: sealed('content').notNull(),
  },
  t => [...studioPolicies(names(t.documentId, 'documents'))],
)

/** The PDF that was drawn of a document and is kept in the bucket. */
export const documentFiles = pgTable(
  'document_files',
  {
    documentId: uuid('document_id')
      .primaryKey()
      .references(() => documents.id),
    bytes: integer('bytes').notNull(),
    /** SHA-256 of the PDF, hex. */
    sha256: text('sha256').notNull(),
    drawnAt: instant('drawn_at').notNull(),
  },
  t => [check('document_files_bytes', sql`${t.bytes} > 0`), ...studioPolicies(names(t.documentId, 'documents'))],
)

/** How many documents of a kind a studio has made in a month. A row's lock makes numbers without gaps. */
export const documentCounts = pgTable(
  'document_counts',
  {
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    kind: documentKind('kind').notNull(),
    period: text('period').notNull(),
    last: integer('last').notNull(),
  },
  t => [primaryKey({ columns: [t.studioId, t.kind, t.period] }), ...studioPolicies(namesStudio(t.studioId))],
)
