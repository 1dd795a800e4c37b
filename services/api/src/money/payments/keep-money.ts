import type { Tx } from '@pix/db/client.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { type LockedOrder, lockOrder } from '../../shop/orders/index.ts'
import { recordUnapplied } from '../ledger/index.ts'
import { type UnappliedReason, unappliedTotal } from './metrics.ts'

/** One charge's money as it came. */
export interface Received {
  /** Null where nobody knows what it was for. */
  paymentId: string | null
  gateway: string
  transId: string
  /** Satang; null where nobody said. */
  amount: number | null
}

/** A charge as an announcement names it. */
export type Announced = Omit<Received, 'paymentId'>

/**
 * Keeps money that came as another charge with the `ref1` of a payment (the customer paid twice): always unapplied.
 * Safe to repeat.
 */
export async function keepSecondCharge(ctx: Context, paymentId: string, announced: Announced): Promise<void> {
  const kept = await ctx.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    const order = payment && (await lockOrder(ctx, tx, payment.orderId))
    if (!order) throw new Error('a payment without an order')
    const amount = announced.amount ?? payment.amountDue ?? payment.amountAsked
    const received = { ...announced, paymentId, amount }
    const receiptId = await insertReceipt(ctx, tx, received, 'second_payment')
    if (receiptId === null) return null
    await recordUnapplied(ctx, tx, order, { receiptId, amount })
    return received
  })
  if (kept) logUnapplied(ctx, kept, 'second_payment')
}

/** What a charge brought beyond its receipt is kept under the charge's name and this: once, too. */
export const SURPLUS = ':surplus'

/**
 * Keeps what a charge brought beyond its receipt, where the gateway named the amount after the payment was credited with
 * the one that was asked for: PayNoi's `check` names none. Safe to repeat.
 *
 * @returns whether there was a surplus that was not kept before
 */
export async function keepSurplus(ctx: Context, paymentId: string, announced: Announced): Promise<boolean> {
  const kept = await ctx.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    const order = payment && (await lockOrder(ctx, tx, payment.orderId))
    if (!order) throw new Error('a payment without an order')
    const { gateway, transId } = announced
    const ofCharge = and(eq(receipts.gateway, gateway), eq(receipts.transId, transId))
    const [receipt] = await tx.select({ amount: receipts.amount }).from(receipts).where(ofCharge)
    const amount = (announced.amount ?? 0) - (receipt?.amount ?? Infinity)
    if (amount <= 0) return null
    const received = { paymentId, gateway, transId: transId + SURPLUS, amount }
    const receiptId = await insertReceipt(ctx, tx, received, 'surplus')
    if (receiptId === null) return null
    await recordUnapplied(ctx, tx, order, { receiptId, amount })
    return received
  })
  if (kept) logUnapplied(ctx, kept, 'surplus')
  return kept !== null
}

/**
 * Keeps money of a charge that no payment of ours knows: its `create` timed out and its announcement names no `ref1`.
 * Safe to repeat. An unknown amount is in no posting until somebody has found it out.
 */
export async function keepUnknownCharge(ctx: Context, announced: Announced): Promise<void> {
  const received = { ...announced, paymentId: null }
  const { amount } = received
  const kept = await ctx.db.transaction(async tx => {
    const receiptId = await insertReceipt(ctx, tx, received, 'unknown_charge')
    if (receiptId !== null && amount !== null) await recordUnapplied(ctx, tx, null, { receiptId, amount })
    return receiptId !== null
  })
  if (kept) logUnapplied(ctx, received, 'unknown_charge')
}

/** Counts and logs money that pays no order, once its receipt is committed. */
export function logUnapplied({ log }: Pick<Context, 'log'>, received: Received, reason: UnappliedReason): void {
  unappliedTotal.inc({ gateway: received.gateway, reason })
  log.warn({ ...received, reason }, 'money came in that pays no order')
}

/** @returns the new receipt's id, or null when this charge's money was kept before */
export async function insertReceipt(
  { now, newId }: Pick<Context, 'now' | 'newId'>,
  tx: Tx,
  { paymentId, gateway, transId, amount }: Received,
  reason: UnappliedReason | null,
): Promise<string | null> {
  const id = newId()
  const at = now()
  const inserted = await tx
    .insert(receipts)
    .values({
      id,
      paymentId,
      gateway,
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
  ctx: Context,
  tx: Tx,
  order: LockedOrder,
  { paymentId, gateway, transId, amount }: Received & { amount: number },
): Promise<number | null> {
  const ofCharge = and(eq(receipts.gateway, gateway), eq(receipts.transId, transId))
  const [kept] = await tx.select().from(receipts).where(ofCharge).for('update')
  if (!kept) return null
  await tx
    .update(receipts)
    .set({ paymentId, amount: kept.amount ?? amount })
    .where(ofCharge)
  if (kept.amount === null) await recordUnapplied(ctx, tx, order, { receiptId: kept.id, amount })
  return kept.amount ?? amount
}
