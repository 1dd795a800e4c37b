import type { Tx } from '@pix/db/client.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { type LockedOrder, lockOrder } from '../../shop/orders/index.ts'
import { recordUnapplied } from '../ledger/index.ts'
import { unappliedTotal } from './metrics.ts'

export type ReceiptDeps = Pick<Deps, 'now' | 'newId' | 'gateway'>
type KeepDeps = ReceiptDeps & Pick<Deps, 'db' | 'log'>

/** Why money that came in is not applied to its order: it waits in the admin's inbox (spec/40). */
export const UNAPPLIED_REASONS = [
  'wrong_amount',
  'second_payment',
  'already_bought',
  'photo_gone',
  'unknown_charge',
] as const
export type UnappliedReason = (typeof UNAPPLIED_REASONS)[number]

// From 0 on, so that the first one is an increase.
for (const reason of UNAPPLIED_REASONS) unappliedTotal.inc({ reason }, 0)

/** One charge's money as it came. */
export interface Received {
  /** Null where nobody knows what it was for. */
  paymentId: string | null
  transId: string
  /** Satang; null where nobody said. */
  amount: number | null
}

/**
 * Keeps money that came as another charge with the `ref1` of a payment (the customer paid twice): always unapplied.
 * Safe to repeat.
 *
 * @param amount satang, as announced
 */
export async function keepSecondCharge(
  deps: KeepDeps,
  paymentId: string,
  transId: string,
  amount: number | null,
): Promise<void> {
  const kept = await deps.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    const order = payment && (await lockOrder(tx, deps, payment.orderId))
    if (!order) throw new Error('a payment without an order')
    const received = { paymentId, transId, amount: amount ?? payment.amountDue ?? payment.amountAsked }
    const receiptId = await insertReceipt(tx, deps, received, 'second_payment')
    if (receiptId === null) return null
    await recordUnapplied(tx, deps, order, { receiptId, amount: received.amount })
    return received
  })
  if (kept) tellUnapplied(deps, kept, 'second_payment')
}

/**
 * Keeps money of a charge that no payment of ours knows: its `create` timed out and its announcement names no `ref1`.
 * Safe to repeat. An unknown amount is in no posting until somebody has found it out.
 *
 * @param amount satang, as announced
 */
export async function keepUnknownCharge(deps: KeepDeps, transId: string, amount: number | null): Promise<void> {
  const received = { paymentId: null, transId, amount }
  const kept = await deps.db.transaction(async tx => {
    const receiptId = await insertReceipt(tx, deps, received, 'unknown_charge')
    if (receiptId !== null && amount !== null) await recordUnapplied(tx, deps, null, { receiptId, amount })
    return receiptId !== null
  })
  if (kept) tellUnapplied(deps, received, 'unknown_charge')
}

/** Counts and logs money that pays no order, once its receipt is committed. */
export function tellUnapplied({ log }: Pick<Deps, 'log'>, received: Received, reason: UnappliedReason): void {
  unappliedTotal.inc({ reason })
  log.warn({ ...received, reason }, 'money came in that pays no order')
}

/** @returns the new receipt's id, or null when this charge's money was kept before */
export async function insertReceipt(
  tx: Tx,
  { now, newId, gateway }: ReceiptDeps,
  { paymentId, transId, amount }: Received,
  reason: UnappliedReason | null,
): Promise<string | null> {
  const id = newId()
  const at = now()
  const inserted = await tx
    .insert(receipts)
    .values({
      id,
      paymentId,
      gateway: gateway.name,
      transId,
      amount,
      receivedAt: at,
      appliedAt: reason ? null : at,
      reason,
    })
    .onConflictDoNothing({ target: [receipts.gateway, receipts.transId] })
    .returning({ id: receipts.id })
  return inserted.length > 0 ? id : null
}

/**
 * Gives a payment the money of its charge that was kept while no payment knew the charge. It stays unapplied: its
 * posting stands.
 *
 * @returns the amount in satang, or null when there is no such money
 */
export async function claimKept(
  tx: Tx,
  deps: ReceiptDeps,
  order: LockedOrder,
  { paymentId, transId, amount }: Received & { amount: number },
): Promise<number | null> {
  const ofCharge = and(eq(receipts.gateway, deps.gateway.name), eq(receipts.transId, transId))
  const [kept] = await tx.select().from(receipts).where(ofCharge).for('update')
  if (!kept) return null
  await tx
    .update(receipts)
    .set({ paymentId, amount: kept.amount ?? amount })
    .where(ofCharge)
  if (kept.amount === null) await recordUnapplied(tx, deps, order, { receiptId: kept.id, amount })
  return kept.amount ?? amount
}
