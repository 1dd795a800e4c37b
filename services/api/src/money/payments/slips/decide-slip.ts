import type { Tx } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { isOpen, wasPaid } from '@pix/domain/order-moves.ts'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Context } from '../../../base/context.ts'
import { queueLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { contactLine } from '../../../base/support-contacts.ts'
import { fulfilOrder, type LockedOrder, lockOrder, PAYMENT_WINDOW_MS } from '../../../shop/orders/index.ts'
import { applyMoney, whyNotApplied } from '../apply-money.ts'
import { askAboutPayment } from '../ask-gateway.ts'
import { insertReceipt, logUnapplied, type Received } from '../keep-money.ts'
import type { UnappliedReason } from '../metrics.ts'
import { publishPayments } from '../publish-payments.ts'
import { referenceOf } from '../reference-of.ts'
import { refuseQrMoney } from './refuse-qr-money.ts'
import { TRANSFER } from './transfer.ts'

type Slip = typeof slips.$inferSelect

/** Money as the statement shows it. */
export interface FoundMoney {
  /** Satang. */
  amount: number
  arrivedAt: Date
  reference: string
  /** This is other money than what paid this order. */
  isSecond: boolean
  /** It is other money than what paid the QR of another order. */
  isNotTakenIn: boolean
  /** It is not the money of a QR about which no gateway answers. */
  isNotQrMoney: boolean
}

/** What is to be done once a decision is committed. */
export interface ArrivedSlip {
  orderId: string
  received: Received
  reason: UnappliedReason | null
}

/**
 * Before a person says that an order's money came by a transfer, asks the gateways about the order's attempts that
 * brought no money: the money on the statement may be theirs.
 *
 * @throws Problem `gateway_silent` when the answer about one stays unknown, unless the money is said to be none of
 *   theirs
 */
export async function askGatewaysFirst(
  ctx: Context,
  slipId: string,
  { isNotQrMoney }: Pick<FoundMoney, 'isNotQrMoney'>,
): Promise<void> {
  const charges = await ctx.db
    .select({ id: payments.id })
    .from(payments)
    .innerJoin(slips, eq(slips.orderId, payments.orderId))
    .where(and(eq(slips.id, slipId), isNull(payments.completedAt), isNotNull(payments.transId)))
  const answers = await Promise.allSettled(charges.map(({ id }) => askAboutPayment(ctx, id)))
  const isKnown = answers.every(answer => answer.status === 'fulfilled' && answer.value !== null)
  if (!isKnown && !isNotQrMoney) throw new Problem('gateway_silent')
}

/**
 * Takes in the money that a person found for a slip, as part of a transaction; `finishArrival` comes after its commit. It
 * goes the way of all money: the right amount pays the order, any other waits.
 *
 * @throws Problem `line_closed`; `reference_used` for money that was taken in before; `order_already_paid` and
 *   `money_taken_in` unless it is said to be other money than this order's, and than other orders'
 */
export async function slipArrived(
  ctx: CallerContext,
  tx: Tx,
  slipId: string,
  { amount, arrivedAt, reference, isSecond, isNotTakenIn, isNotQrMoney }: FoundMoney,
): Promise<ArrivedSlip> {
  const { slip, order } = await lockSlip(ctx, tx, slipId)
  await refuseArrived(tx, slip)
  if (wasPaid(order.status) && !isSecond) throw new Problem('order_already_paid')
  if (!isNotTakenIn) await refuseQrMoney(tx, order.id, { amount, arrivedAt })
  const attempts = await tx.select().from(payments).where(eq(payments.orderId, order.id))
  const isRight = [order.total, ...attempts.map(({ amountDue }) => amountDue)].includes(amount)
  const reason = isRight ? await whyNotApplied(tx, order, ctx.now()) : 'wrong_amount'

  const paymentId = ctx.newId()
  const received = { paymentId, gateway: TRANSFER, transId: plain(reference), amount }
  await insertPayment(ctx, tx, order, received, attempts.length + 1)
  const receiptId = await insertReceipt(ctx, tx, received, reason)
  if (receiptId === null) throw new Problem('reference_used')
  await tx
    .update(slips)
    .set({ state: 'arrived', receiptId, amount, arrivedAt, decidedAt: ctx.now(), decidedBy: ctx.caller.userId })
    .where(eq(slips.id, slipId))
  const money = { amount, reference, arrivedAt: arrivedAt.toISOString(), isSecond, isNotTakenIn, isNotQrMoney }
  const facts = { after: { order: order.number, ...money, reason } }
  await recordAudit({ ...ctx, db: tx }, 'slip.arrived', `slip:${slipId}`, facts)
  await applyMoney(ctx, tx, order, { receiptId, amount }, reason)
  return { orderId: order.id, received, reason }
}

/**
 * One transfer pays once, whatever orders its slip was sent for. Two slips of one transfer that are decided at the same
 * time wait for each other here.
 */
async function refuseArrived(tx: Tx, { bank, reference }: Slip): Promise<void> {
  if (bank === null || reference === null) return
  await tx.execute(sql`select pg_advisory_xact_lock(7269011, hashtext(${bank + reference}))`)
  const same = and(eq(slips.bank, bank), eq(slips.reference, reference), eq(slips.state, 'arrived'))
  if ((await tx.$count(slips, same)) > 0) throw new Problem('reference_used')
}

/** The reference in one spelling, so that equal ones compare as equal. */
const plain = (reference: string): string => reference.replaceAll(/[\s-]/g, '').toUpperCase()

async function insertPayment(
  ctx: CallerContext,
  tx: Tx,
  order: LockedOrder,
  { paymentId, gateway, transId }: Received,
  attempt: number,
): Promise<void> {
  const at = ctx.now()
  const made = await tx
    .insert(payments)
    .values({
      id: paymentId!,
      orderId: order.id,
      attempt,
      gateway,
      ref1: referenceOf(order.number, attempt),
      state: 'completed',
      amountAsked: order.total,
      amountDue: order.total,
      transId,
      createdAt: at,
      expiresAt: at,
      completedAt: at,
    })
    .onConflictDoNothing({ target: [payments.gateway, payments.transId] })
    .returning({ id: payments.id })
  if (made.length === 0) throw new Problem('reference_used')
}

/** What follows the commit of money that arrived. */
export async function finishArrival(ctx: Context, { orderId, received, reason }: ArrivedSlip): Promise<void> {
  if (reason === null) await fulfilOrder(ctx, orderId)
  else logUnapplied(ctx, received, reason)
  await publishPayments(ctx, [orderId])
}

/**
 * Says that the money of a slip did not arrive, as part of a transaction. An order that waited for it has its time to be
 * paid once more. The buyer reads why, unless the order was paid otherwise.
 *
 * @returns the letter to send after the commit
 * @throws Problem `line_closed`
 */
export async function refuseSlip(ctx: CallerContext, tx: Tx, slipId: string, reason: string): Promise<string | null> {
  const { order } = await lockSlip(ctx, tx, slipId)
  const at = ctx.now()
  await tx
    .update(slips)
    .set({ state: 'not_arrived', decisionReason: reason, decidedAt: at, decidedBy: ctx.caller.userId })
    .where(eq(slips.id, slipId))
  const expiresAt = new Date(at.getTime() + PAYMENT_WINDOW_MS)
  if (isOpen(order.status) && order.expiresAt < expiresAt)
    await tx.update(orders).set({ expiresAt }).where(eq(orders.id, order.id))
  const facts = { after: { order: order.number }, reason }
  await recordAudit({ ...ctx, db: tx }, 'slip.refuse', `slip:${slipId}`, facts)
  if (wasPaid(order.status)) return null
  return queueLetter(ctx, tx, {
    template: 'slip_refused',
    to: order.email,
    locale: order.locale,
    storefront: order.storefront,
    facts: { order: order.number, reason, contact: await contactLine({ ...ctx, db: tx }) },
    secrets: {},
    path: `/checkout/transfer/${order.id}`,
    dedupeKey: `slip_refused:${slipId}`,
  })
}

/** A slip that waits, locked after its order: everywhere the order is locked first. @throws Problem `line_closed` */
async function lockSlip(ctx: Context, tx: Tx, slipId: string): Promise<{ slip: Slip; order: LockedOrder }> {
  const [known] = await tx.select({ orderId: slips.orderId }).from(slips).where(eq(slips.id, slipId))
  const order = known && (await lockOrder(ctx, tx, known.orderId))
  const waits = and(eq(slips.id, slipId), eq(slips.state, 'waiting'))
  const [slip] = await tx.select().from(slips).where(waits).for('update')
  if (!order || !slip) throw new Problem('line_closed')
  return { slip, order }
}
