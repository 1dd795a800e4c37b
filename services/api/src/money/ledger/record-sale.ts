import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { eq } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import type { LockedOrder } from '../../shop/orders/index.ts'
import { postToLedger } from './post-to-ledger.ts'
import { shareSale } from './share-sale.ts'

interface Received {
  receiptId: string
  /** Satang that came in. */
  amount: number
}

/**
 * Posts a sale: the money at the gateway against what platform, photographers and organizer earn by the rule that the
 * order froze. What the gateway added to tell payers apart is the platform's rounding, outside the split (spec/50).
 */
export async function recordSale(
  tx: Tx,
  deps: Pick<Deps, 'now' | 'newId'>,
  order: LockedOrder,
  { receiptId, amount }: Received,
): Promise<void> {
  const [rule] = await tx.select().from(splitRules).where(eq(splitRules.id, order.splitRuleId))
  const [event] = await tx.select({ organizerId: events.organizerId }).from(events).where(eq(events.id, order.eventId))
  if (!rule) throw new Error(`order ${order.number} has no split rule`)
  const organizerId = event?.organizerId ?? null
  const sale = shareSale(order.items, rule, organizerId !== null)

  await postToLedger(tx, deps, { kind: 'sale', receiptId, orderId: order.id, eventId: order.eventId }, [
    { account: 'gateway_clearing', amount, memo: order.number },
    { account: 'platform_revenue', amount: -sale.platform },
    ...[...sale.photographers].map(
      ([ownerId, share]) => ({ account: 'photographer_payable', ownerId, amount: -share }) as const,
    ),
    ...(organizerId ? [{ account: 'organizer_payable', ownerId: organizerId, amount: -sale.organizer } as const] : []),
    { account: 'payment_rounding', amount: order.total - amount },
  ])
}

/**
 * Posts money that came in and cannot be applied: it waits in its own account for an admin to refund or apply it.
 *
 * @param order null where nobody knows which it was for
 */
export async function recordUnapplied(
  tx: Tx,
  deps: Pick<Deps, 'now' | 'newId'>,
  order: Pick<LockedOrder, 'id' | 'eventId' | 'number'> | null,
  { receiptId, amount }: Received,
): Promise<void> {
  const of = { orderId: order?.id ?? null, eventId: order?.eventId ?? null }
  await postToLedger(tx, deps, { kind: 'unapplied_receipt', receiptId, ...of }, [
    { account: 'gateway_clearing', amount, ...(order && { memo: order.number }) },
    { account: 'unapplied_receipts', amount: -amount },
  ])
}
