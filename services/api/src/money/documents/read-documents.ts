import { baht } from '@pix/contracts/common.ts'
import type { OrderDocuments, SalesDocument } from '@pix/contracts/documents.ts'
import { documentFiles, documents } from '@pix/db/schema/documents.ts'
import { and, asc, eq, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { BuyerContext, Context, Joining } from '../../base/context.ts'
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
    })
    .from(documents)
    .leftJoin(earlier, eq(earlier.id, documents.refersTo))
    .leftJoin(later, and(eq(later.refersTo, documents.id), eq(later.sourceKind, 'exchange')))
    .leftJoin(documentFiles, eq(documentFiles.documentId, documents.id))
    .where(which)
    .$dynamic()
export type SelectedDocument = Awaited<ReturnType<typeof selectDocuments>>[number]

export const toDocument = ({ row, refersTo, replacedBy, drawnAt }: SelectedDocument): SalesDocument => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  total: baht(row.total),
  vat: baht(row.vat),
  datedAt: row.datedAt.toISOString(),
  refersTo,
  replacedBy,
  ready: drawnAt !== null,
})

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
