import { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import type { Queryable, Tx } from '@pix/db/client.ts'
import { orderTaxData } from '@pix/db/schema/orders.ts'
import { open, seal } from '@pix/db/sealed/seal.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

type Keys = Pick<Context, 'settings'>

/** Freezes with an order whom its documents are made out to. */
export async function keepTaxData({ settings }: Keys, tx: Tx, orderId: string, data: BuyerTaxData): Promise<void> {
  const details = seal(settings.COLUMN_KEYS, orderTaxData.details, orderId, JSON.stringify(data))
  await tx.insert(orderTaxData).values({ orderId, details })
}

/** Whom an order's documents are made out to; null where its buyer did not say. */
export async function taxDataOf({ settings }: Keys, db: Queryable, orderId: string): Promise<BuyerTaxData | null> {
  const [row] = await db.select().from(orderTaxData).where(eq(orderTaxData.orderId, orderId))
  return row
    ? BuyerTaxData.parse(JSON.parse(open(settings.COLUMN_KEYS, orderTaxData.details, orderId, row.details)))
    : null
}
