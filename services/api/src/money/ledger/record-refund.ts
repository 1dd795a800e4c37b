import type { Tx } from '@pix/db/client.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { LockedOrder } from '../../shop/orders/index.ts'
import { type Entry, postToLedger } from './post-to-ledger.ts'

type Posting = Pick<Context, 'now' | 'newId'>

interface Owed {
  refundId: string
  /** Null where nobody knows what the money was for. */
  orderId: string | null
  /** Satang. */
  amount: number
}

/** Posts that money which waited in unapplied receipts is owed to its sender. */
export async function recordGivenBack(ctx: Posting, tx: Tx, { refundId, orderId, amount }: Owed): Promise<void> {
  await postToLedger(ctx, tx, { kind: 'refund', sourceKind: 'refund', sourceId: refundId, orderId }, [
    { account: 'unapplied_receipts', amount },
    { account: 'refunds', amount: -amount },
  ])
}

/**
 * Posts a refund of lines: each party's share of each line is taken back as its sale posted it, to the satang, and their
 * sum is owed to the buyer. A payee who was paid already owes it from their next sales.
 *
 * @param order locked by this transaction
 * @throws RangeError for a line whose sale is not posted by line, as sales of early releases
 */
export async function recordRefund(
  ctx: Posting,
  tx: Tx,
  order: LockedOrder,
  { refundId, lineIds }: { refundId: string; lineIds: readonly string[] },
): Promise<void> {
  const shares = await sharesOf(tx, lineIds)
  const owed = order.lines.filter(line => lineIds.includes(line.id)).reduce((sum, line) => sum + line.netPrice, 0)
  const reversed = shares.reduce((sum, share) => sum + share.amount, 0)
  if (reversed !== -owed) throw new RangeError('the sale of these lines is not posted line by line')
  const source = { kind: 'refund', sourceKind: 'refund', sourceId: refundId, orderId: order.id } as const
  await postToLedger(ctx, tx, source, [
    ...shares.map(share => ({ ...share, amount: -share.amount })),
    { account: 'refunds', amount: -owed, memo: order.number },
  ])
}

/** Posts that an owed refund has left the gateway's account. */
export async function recordRefundTransfer(ctx: Posting, tx: Tx, { refundId, orderId, amount }: Owed): Promise<void> {
  const source = { kind: 'refund_transfer', sourceKind: 'refund_transfer', sourceId: refundId, orderId } as const
  await postToLedger(ctx, tx, source, [
    { account: 'refunds', amount },
    { account: 'gateway_clearing', amount: -amount },
  ])
}

async function sharesOf(tx: Tx, lineIds: readonly string[]): Promise<Entry[]> {
  const rows = await tx
    .select({
      account: ledgerAccounts.kind,
      ownerId: ledgerAccounts.ownerId,
      amount: ledgerEntries.amount,
      lineId: ledgerEntries.lineId,
      photoId: ledgerEntries.photoId,
      eventId: ledgerEntries.eventId,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(and(eq(ledgerPostings.kind, 'sale'), inArray(ledgerEntries.lineId, [...lineIds])))
  return rows.map(({ ownerId, lineId, photoId, eventId, ...share }) => ({
    ...share,
    ...(ownerId !== null && { ownerId }),
    ...(lineId !== null && { lineId }),
    ...(photoId !== null && { photoId }),
    ...(eventId !== null && { eventId }),
  }))
}
