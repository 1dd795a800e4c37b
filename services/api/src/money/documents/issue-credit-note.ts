import type { Tx } from '@pix/db/client.ts'
import { vatTakenBack } from '@pix/domain/vat.ts'
import type { LockedOrder } from '../../shop/orders/index.ts'
import { postedVatOf } from '../ledger/index.ts'
import { insertDocument, type Writing } from './insert-document.ts'
import { taxableOf } from './issue-for-sale.ts'
import { creditNotesOf, type DocumentRow, saleDocumentOf } from './open-document.ts'
import { refundedLines } from './sale-lines.ts'

interface PaidRefund {
  id: string
  number: string
  /** One of `REFUND_REASONS`. */
  reason: string
  /** Satang of each line that went back. */
  lines: readonly { lineId: string; amount: number }[]
}

/**
 * Writes the credit note of a refund, in the transaction that says that its money has gone back. It names the document that it
 * corrects, what that came to, and what is left of it. An order that was paid before there were documents has none to correct.
 *
 * @param order locked by this transaction
 * @returns its number
 */
export async function issueCreditNote(
  ctx: Writing,
  tx: Tx,
  order: LockedOrder,
  refund: PaidRefund,
): Promise<string | null> {
  const sale = await saleDocumentOf(ctx, tx, order.id)
  const total = refund.lines.reduce((sum, line) => sum + line.amount, 0)
  if (!sale || total === 0) return null
  const { row, content } = sale
  const before = await creditNotesOf(tx, order.id)
  const left = row.taxable - before.reduce((sum, note) => sum + note.taxable, 0)
  const leftOfAll = row.total - before.reduce((sum, note) => sum + note.total, 0)
  // With the last line everything goes back that is left, so that rounding never leaves tax behind.
  const share = await taxableOf(
    tx,
    content.seller,
    total,
    refund.lines.map(({ lineId }) => ({ id: lineId })),
  )
  const taxable = row.taxable === 0 ? 0 : total === leftOfAll ? left : Math.min(share, left)
  const vat = await vatBack(tx, order, sale.row, { refund, left, taxable })
  const base = taxable - vat
  const baseLeft = left - (row.vat - before.reduce((sum, note) => sum + note.vat, 0))
  const fact = { order, sourceKind: 'refund' as const, sourceId: refund.id, refersTo: row.id }
  const { number } = await insertDocument(ctx, tx, fact, {
    kind: 'credit_note',
    seller: content.seller,
    buyer: content.buyer,
    lines: await refundedLines(tx, refund.lines),
    total,
    taxable,
    base,
    vat,
    refersTo: { kind: content.kind, number: content.number, datedAt: content.datedAt },
    correction: {
      reason: refund.reason,
      refundNumber: refund.number,
      baseBefore: row.taxable === 0 ? leftOfAll : baseLeft,
      baseAfter: row.taxable === 0 ? leftOfAll - total : baseLeft - base,
    },
  })
  return number
}

/**
 * The VAT that the ledger posted with these lines, where that is the VAT which the document states; else the VAT of
 * what is left.
 */
async function vatBack(
  tx: Tx,
  order: LockedOrder,
  document: DocumentRow,
  { refund, left, taxable }: { refund: PaidRefund; left: number; taxable: number },
): Promise<number> {
  const all = await postedVatOf(
    tx,
    order.lines.map(({ id }) => id),
  )
  if (document.vat === 0 || all !== document.vat) return vatTakenBack(left, taxable).vat
  return postedVatOf(
    tx,
    refund.lines.map(({ lineId }) => lineId),
  )
}
