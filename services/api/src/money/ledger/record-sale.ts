import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { eq } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import type { LockedOrder } from '../../shop/orders/index.ts'
import { type Entry, postToLedger } from './post-to-ledger.ts'
import { sharePhoto } from './share-sale.ts'

interface Received {
  receiptId: string
  /** Satang that came in. */
  amount: number
}

/**
 * Posts a sale: the money at the gateway against what platform, photographers and organizers earn of each photo by the
 * rule that the order froze for its event. What the gateway added to tell payers apart is the platform's rounding,
 * outside the split (spec/50).
 */
export async function recordSale(
  tx: Tx,
  deps: Pick<Deps, 'now' | 'newId'>,
  order: LockedOrder,
  { receiptId, amount }: Received,
): Promise<void> {
  await postToLedger(tx, deps, { kind: 'sale', receiptId, ...subjectOf(order) }, [
    { account: 'gateway_clearing', amount, memo: order.number },
    ...(await earnings(tx, order)),
    { account: 'payment_rounding', amount: order.total - amount },
  ])
}

async function earnings(tx: Tx, order: LockedOrder): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const { eventId, splitRuleId } of order.events) {
    const [rule] = await tx.select().from(splitRules).where(eq(splitRules.id, splitRuleId))
    const [event] = await tx.select({ organizerId: events.organizerId }).from(events).where(eq(events.id, eventId))
    if (!rule) throw new Error(`order ${order.number} has no split rule`)
    const organizerId = event?.organizerId ?? null
    for (const { photoId, photographerId, unitPrice } of order.lines.filter(line => line.eventId === eventId)) {
      const { platform, photographer, organizer } = sharePhoto(unitPrice, rule, organizerId !== null)
      entries.push(
        { account: 'platform_revenue', photoId, amount: -platform },
        { account: 'photographer_payable', ownerId: photographerId, photoId, amount: -photographer },
      )
      if (organizerId) entries.push({ account: 'organizer_payable', ownerId: organizerId, photoId, amount: -organizer })
    }
  }
  return entries
}

/** The event is named where the order has one alone; its photos' entries name theirs otherwise. */
const subjectOf = (order: Pick<LockedOrder, 'id' | 'events'>) => ({
  orderId: order.id,
  eventId: order.events.length === 1 ? order.events[0]!.eventId : null,
})

/**
 * Posts money that came in and cannot be applied: it waits in its own account for an admin to refund or apply it.
 *
 * @param order null where nobody knows which it was for
 */
export async function recordUnapplied(
  tx: Tx,
  deps: Pick<Deps, 'now' | 'newId'>,
  order: Pick<LockedOrder, 'id' | 'events' | 'number'> | null,
  { receiptId, amount }: Received,
): Promise<void> {
  const subject = order ? subjectOf(order) : { orderId: null, eventId: null }
  await postToLedger(tx, deps, { kind: 'unapplied_receipt', receiptId, ...subject }, [
    { account: 'gateway_clearing', amount, ...(order && { memo: order.number }) },
    { account: 'unapplied_receipts', amount: -amount },
  ])
}
