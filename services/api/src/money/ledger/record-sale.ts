import type { Tx } from '@pix/db/client.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { type FrozenShares, saleEntries, sharesKey } from '@pix/domain/sale-entries.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { LockedOrder } from '../../shop/orders/index.ts'
import { sharesInForce } from '../../shop/split/index.ts'
import { type Entry, postToLedger } from './post-to-ledger.ts'

interface Received {
  receiptId: string
  /** Satang that came in. */
  amount: number
}

type Posting = Pick<Context, 'now' | 'newId'>

/**
 * Posts a sale: the money at the gateway against what platform, studio, photographers and organizers earn of each photo as
 * the order froze it.
 *
 * @param order locked by this transaction
 */
export async function recordSale(
  ctx: Posting,
  tx: Tx,
  order: LockedOrder,
  { receiptId, amount }: Received,
): Promise<void> {
  const source = { kind: 'sale', sourceKind: 'receipt', sourceId: receiptId, orderId: order.id } as const
  await postToLedger(ctx, tx, source, await entriesOf(tx, order, amount, 'gateway_clearing'))
}

/**
 * Posts that waiting money pays an order after all: its sale is taken out of unapplied receipts. What is more than the
 * order costs is owed to the buyer.
 *
 * @param order locked by this transaction
 * @param received.surplus satang of the amount that go back
 */
export async function recordApplication(
  ctx: Posting,
  tx: Tx,
  order: LockedOrder,
  { receiptId, amount, surplus }: Received & { surplus: number },
): Promise<void> {
  const source = { kind: 'sale', sourceKind: 'application', sourceId: receiptId, orderId: order.id } as const
  await postToLedger(ctx, tx, source, [
    ...(await entriesOf(tx, order, amount - surplus, 'unapplied_receipts')),
    { account: 'unapplied_receipts', amount: surplus, memo: order.number },
    { account: 'refunds', amount: -surplus },
  ])
}

/** @param from the account that the money comes out of */
async function entriesOf(
  tx: Tx,
  order: LockedOrder,
  received: number,
  from: 'gateway_clearing' | 'unapplied_receipts',
): Promise<Entry[]> {
  const entries = saleEntries({ ...order, received }, await frozenShares(tx, order))
  return entries.map(entry =>
    entry.account === 'gateway_clearing' ? { ...entry, account: from, memo: order.number } : entry,
  )
}

/**
 * What an order froze, by `sharesKey`. The release before froze only the rule's id. For such an order the shares in
 * force when it was placed are found again, since rules are append-only, and are kept: the check of the ledger reads
 * them there.
 */
async function frozenShares(tx: Tx, order: LockedOrder): Promise<Map<string, FrozenShares>> {
  const rows = await tx.select().from(orderShares).where(eq(orderShares.orderId, order.id))
  const frozen = new Map<string, FrozenShares>(rows.map(row => [sharesKey(row), row]))
  const missing = order.lines.filter(line => !frozen.has(sharesKey(line)))
  const parties = new Map(missing.map(line => [sharesKey(line), line]))
  const found = await sharesInForce(tx, order.studioId, [...parties.values()], order.createdAt)
  if (found.length === 0) return frozen
  await tx.insert(orderShares).values(found.map(shares => ({ orderId: order.id, ...shares })))
  for (const shares of found) frozen.set(sharesKey(shares), shares)
  return frozen
}

/**
 * Posts money that came in and cannot be applied: it waits in its own account for an admin to refund or apply it.
 *
 * @param order null where nobody knows which order it was for
 */
export async function recordUnapplied(
  ctx: Posting,
  tx: Tx,
  order: Pick<LockedOrder, 'id' | 'number'> | null,
  { receiptId, amount }: Received,
): Promise<void> {
  const source = { kind: 'unapplied_receipt', sourceKind: 'receipt', sourceId: receiptId } as const
  await postToLedger(ctx, tx, { ...source, orderId: order?.id ?? null }, [
    { account: 'gateway_clearing', amount, ...(order && { memo: order.number }) },
    { account: 'unapplied_receipts', amount: -amount },
  ])
}

/**
 * Posts what a receipt was announced short of after it was credited: it never came to the gateway.
 *
 * @param what.waits the money pays nothing yet, so that less of it waits
 */
export async function recordShortfall(
  ctx: Posting,
  tx: Tx,
  order: Pick<LockedOrder, 'id' | 'number'>,
  { receiptId, short, waits }: { receiptId: string; short: number; waits: boolean },
): Promise<void> {
  const source = { kind: 'shortfall', sourceKind: 'shortfall', sourceId: receiptId, orderId: order.id } as const
  await postToLedger(ctx, tx, source, [
    { account: waits ? 'unapplied_receipts' : 'payment_rounding', amount: short, memo: order.number },
    { account: 'gateway_clearing', amount: -short, memo: order.number },
  ])
}
