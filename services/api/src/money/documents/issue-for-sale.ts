import type { Tx } from '@pix/db/client.ts'
import { saleDocumentKind } from '@pix/domain/document-content.ts'
import { vatIncluded } from '@pix/domain/vat.ts'
import { sellerOf } from '../../people/sellers/index.ts'
import { type LockedOrder, taxDataOf } from '../../shop/orders/index.ts'
import { ownShareOf } from '../ledger/index.ts'
import { insertDocument, type Writing } from './insert-document.ts'
import { saleLines } from './sale-lines.ts'

/**
 * Writes the document of a paid order, in the transaction that takes its money and after its sale is posted: a receipt, or a
 * tax invoice, in full where the buyer said whom it is made out to. An order of 0 baht takes no money and has none.
 *
 * @param order locked by this transaction
 * @returns its number
 */
export async function issueForSale(ctx: Writing, tx: Tx, order: LockedOrder): Promise<string | null> {
  if (order.total === 0) return null
  const seller = await sellerOf({ db: tx, settings: ctx.settings }, order.studioId)
  const buyer = await taxDataOf(ctx, tx, order.id)
  const taxable = await taxableOf(tx, seller, order.total, order.lines)
  const { base, vat } = vatIncluded(taxable)
  const fact = { order, sourceKind: 'order' as const, sourceId: order.id, refersTo: null }
  const { number } = await insertDocument(ctx, tx, fact, {
    kind: saleDocumentKind(seller.vat, taxable, buyer !== null),
    seller,
    buyer,
    lines: await saleLines(tx, order.id, seller.soldAs),
    total: order.total,
    taxable,
    base,
    vat,
    refersTo: null,
    correction: null,
  })
  return number
}

/** Satang of a price that VAT is on: all of it where the seller is the principal, its own share where it is an agent. */
export async function taxableOf(
  tx: Tx,
  { vat, sellsAs }: { vat: 'none' | 'registered'; sellsAs: 'principal' | 'agent' },
  total: number,
  lines: readonly { id: string }[],
): Promise<number> {
  if (vat === 'none') return 0
  if (sellsAs === 'principal') return total
  const own = await ownShareOf(
    tx,
    lines.map(line => line.id),
  )
  return Math.min(Math.max(own, 0), total)
}
