import { baht } from '@pix/contracts/common.ts'
import type { OrderDocuments, SalesDocument } from '@pix/contracts/documents.ts'
import { documentFiles, documents } from '@pix/db/schema/documents.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { and, asc, eq, ne, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { BuyerContext, CallerContext, Context, Joining } from '../../base/context.ts'
import { isMemberOf } from '../../people/studios/index.ts'
import { findOrder } from '../../shop/orders/index.ts'

const earlier = alias(documents, 'earlier')
const later = alias(documents, 'later')

/** Documents with what they refer to, what replaced them, and whether they are drawn. */
export const selectDocuments = ({ db }: Pick<Joining<Context>, 'db'>, which: SQL | undefined) =>
  db
    .select({
      row: documents,
      refersTo: earlier.number,
      replacedBy: later.number,
      drawnAt: documentFiles.drawnAt,
      cameBack: ledgerPostings.id,
    })
    .from(documents)
    .leftJoin(earlier, eq(earlier.id, documents.refersTo))
    .leftJoin(later, and(eq(later.refersTo, documents.id), eq(later.sourceKind, 'exchange')))
    .leftJoin(documentFiles, eq(documentFiles.documentId, documents.id))
    .leftJoin(
      ledgerPostings,
      and(
        eq(documents.sourceKind, 'payout'),
        eq(ledgerPostings.sourceKind, 'payout_return'),
        eq(ledgerPostings.sourceId, documents.sourceId),
      ),
    )
    .where(which)
    .$dynamic()
export type SelectedDocument = Awaited<ReturnType<typeof selectDocuments>>[number]

export const toDocument = ({ row, refersTo, replacedBy, drawnAt, cameBack }: SelectedDocument): SalesDocument => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  total: baht(row.total),
  vat: baht(row.vat),
  datedAt: row.datedAt.toISOString(),
  refersTo,
  replacedBy,
  void: replacedBy !== null || cameBack !== null,
  ready: drawnAt !== null,
})

/**
 * SQL: the caller may read the document, as far as its kind goes. Certificates of withheld tax have the address and tax id of a
 * payee: owners read them, managers do not.
 */
export const isReadable = (ctx: CallerContext): SQL =>
  or(ne(documents.kind, 'withholding_certificate'), isMemberOf(ctx, documents.studioId, ['owner']))!

/** The documents of an order of this buyer, oldest first. @throws Problem `not_found` for anybody else's */
export async function readOrderDocuments(ctx: BuyerContext, orderId: string): Promise<OrderDocuments> {
  await findOrder(ctx, orderId)
  const found = await selectDocuments(ctx, eq(documents.orderId, orderId)).orderBy(
    asc(documents.issuedAt),
    asc(documents.id),
  )
  const items = found.map(toDocument)
  return { items, exchangeable: items.some(isOpen) && !items.some(({ kind }) => kind === 'credit_note') }
}

const isOpen = ({ kind, replacedBy }: SalesDocument): boolean =>
  kind === 'abbreviated_tax_invoice' && replacedBy === null
