import type { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { lockOwnOrder } from '../../shop/orders/index.ts'
import { insertDocument } from './insert-document.ts'
import { creditNotesOf, saleDocumentOf } from './open-document.ts'
import { drawSoon } from './draw-soon.ts'

/**
 * Exchanges the abbreviated tax invoice of an order for one in full. The new one has the date of the old one, names it
 * as replaced, and so makes it void. An order of which something was given back keeps the abbreviated one, because its
 * credit notes name it.
 *
 * @throws Problem `not_found` for anybody else's order; `nothing_to_exchange`
 */
export async function exchangeDocument(ctx: BuyerContext, orderId: string, buyer: BuyerTaxData): Promise<void> {
  const made = await ctx.db.transaction(async tx => {
    const order = await lockOwnOrder(ctx, tx, orderId)
    const sale = await saleDocumentOf(ctx, tx, orderId)
    if (sale?.row.kind !== 'abbreviated_tax_invoice') throw new Problem('nothing_to_exchange')
    if ((await creditNotesOf(tx, orderId)).length > 0) throw new Problem('nothing_to_exchange')
    const { row, content } = sale
    const { seller, lines, total, taxable, base, vat, datedAt } = content
    const fact = { order, sourceKind: 'exchange' as const, sourceId: row.id, refersTo: row.id }
    return insertDocument(ctx, tx, fact, {
      kind: 'tax_invoice',
      seller,
      buyer,
      lines,
      total,
      taxable,
      base,
      vat,
      datedAt,
      refersTo: { kind: content.kind, number: content.number, datedAt },
      correction: null,
    })
  })
  await drawSoon(ctx, made.id)
}
