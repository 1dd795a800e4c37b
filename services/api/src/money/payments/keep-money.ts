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

type Payment = typeof payments.$inferSelect
type Unposted = Received & { amount: number }

/**
 * Keeps money that came as another charge with the `ref1` of a payment (the customer paid twice): always unapplied.
 * Safe to repeat.
 */
export async function keepSecondCharge(ctx: Context, paymentId: string, announced: Announced): Promise<void> {
  await keepBeside(ctx, paymentId, 'second_payment', async (_, { amountDue, amountAsked }) => {
    const amount = announced.amount ?? amountDue ?? amountAsked
    return { ...announced, paymentId, amount }
  })
}

/** What a charge brought beyond its receipt is kept under the charge's name and this: once, too. */
export const SURPLUS = ':surplus'

/**
 * Keeps what a charge brought beyond its receipt, where the gateway named the amount after the payment was credited with
 * the one that was asked for: PayNoi's `check` names none. Safe to repeat.
 *
 * @returns whether there was a surplus that was not kept before
 */
export const keepSurplus = (
  ctx: Context,
  paymentId: string,
  { gateway, transId, amount: announced }: Announced,
): Promise<boolean> =>
  keepBeside(ctx, paymentId, 'surplus', async tx => {
    const ofCharge = and(eq(receipts.gateway, gateway), eq(receipts.transId, transId))
    const [receipt] = await tx.select({ amount: receipts.amount }).from(receipts).where(ofCharge)
    const amount = (announced ?? 0) - (receipt?.amount ?? Infinity)
    return amount > 0 ? { paymentId, gateway, transId: transId + SURPLUS, amount } : null
  })

/**
 * Keeps money that came beside what a payment was credited with.
 *
 * @param read what came, once payment and order are locked; null for nothing
 * @returns whether it was not kept before
 */
async function keepBeside(
  ctx: Context,
  paymentId: string,
  reason: UnappliedReason,
  read: (tx: Tx, payment: Payment) => Promise<Unposted | null>,
): Promise<boolean> {
  const kept = await ctx.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    const order = payment && (await lockOrder(ctx, tx, payment.orderId))
    if (!order) throw new Error('a payment without an order')
    const received = await read(tx, payment)
    const receiptId = received && (await insertReceipt(ctx, tx, received, reason))
    if (!receiptId) return null
    await recordUnapplied(ctx, tx, order, { receiptId, amount: received.amount })
    return received
  })
  if (kept) logUnapplied(ctx, kept, reason)
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
