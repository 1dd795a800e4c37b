import type { Payment } from '@pix/contracts/payments.ts'
import type { Tx } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { isOpen } from '@pix/domain/order-moves.ts'
import { and, desc, eq, gt, or } from 'drizzle-orm'
import { requireOpenStudio } from '../../people/studios/index.ts'
import { anyTakenDown } from '../../catalogue/photos/index.ts'
import { sellablePhotos, takeFromCart } from '../../shop/cart/index.ts'
import type { BuyerContext, Context } from '../../base/context.ts'
import {
  boughtBefore,
  claimAgain,
  type LockedOrder,
  PAYMENT_WINDOW_MS,
  lockOwnOrder,
  moveOrder,
} from '../../shop/orders/index.ts'
import { Problem } from '../../base/problem.ts'
import { type Charge, gatewayFor, GatewayUnavailable, type PaymentGateway } from '../../base/payment-gateway.ts'
import { keptMoney } from './kept-money.ts'
import { findPayment } from './queries.ts'
import { referenceOf } from './reference-of.ts'
import { ROUNDING_LIMIT } from './rounding-limit.ts'
import { hasWaitingSlip } from './slips/waiting-slips.ts'

/** While a `create` is younger than this, a second tap gets its attempt; then a new one is made. */
const JOIN_CREATING_MS = 15_000

interface Ask {
  gateway: PaymentGateway
  /** Satang. */
  amount: number
  ref1: string
}

interface Attempt {
  paymentId: string
  /** Null when an attempt that is still open is answered instead of a new one. */
  ask: Ask | null
}

/**
 * The QR for an order. While one is open the same is answered, so a double click makes one charge. The attempt is
 * committed before the gateway is called: whatever happens then, a webhook finds it by its `ref1`.
 */
export async function startPayment(ctx: BuyerContext, orderId: string): Promise<Payment> {
  const { paymentId, ask } = await ctx.db.transaction(async tx => openAttempt(ctx, tx, orderId))
  if (ask) await askGateway(ctx, paymentId, ask)
  return findPayment(ctx, paymentId)
}

async function openAttempt(ctx: BuyerContext, tx: Tx, orderId: string): Promise<Attempt> {
  const order = await lockOwnOrder(ctx, tx, orderId)
  const open = isOpen(order.status)
  const isSeller = eq(studios.id, order.studioId)
  const [seller] = await tx.select({ chosen: studios.gateway }).from(studios).where(isSeller)
  const gateway = gatewayFor(ctx.gateways, order.total, seller?.chosen)
  if ((!open && order.status !== 'expired') || !gateway) throw new Problem('order_not_payable')

  // Money that came for the order and pays nothing has to be settled first: a second QR would take the same money
  // twice.
  if ((await keptMoney({ ...ctx, db: tx }, eq(payments.orderId, orderId))).size > 0)
    throw new Problem('order_not_payable')

  // So does a slip that somebody looks at.
  if ((await tx.$count(orders, and(eq(orders.id, orderId), hasWaitingSlip(tx)))) > 0) throw new Problem('slip_waits')

  const at = ctx.now()
  const running = await runningAttempt(tx, orderId, at)
  if (open && running) return { paymentId: running.id, ask: null }

  await refuseUnsellable(tx, order, at, !open || order.expiresAt <= at)
  const expiresAt = new Date(at.getTime() + PAYMENT_WINDOW_MS)
  if (!open) await claimAgain(tx, order)
  if (order.status === 'awaiting_payment') await tx.update(orders).set({ expiresAt }).where(eq(orders.id, orderId))
  else await moveOrder(tx, order, 'awaiting_payment', { expiresAt })
  await takeFromCart(tx, order, order.photoIds)

  const attempt = 1 + (await tx.$count(payments, eq(payments.orderId, orderId)))
  const paymentId = ctx.newId()
  const ask = { gateway, amount: order.total, ref1: referenceOf(order.number, attempt) }
  await tx.insert(payments).values({
    id: paymentId,
    orderId,
    attempt,
    gateway: gateway.name,
    ref1: ask.ref1,
    amountAsked: ask.amount,
    createdAt: at,
    expiresAt,
  })
  return { paymentId, ask }
}

async function runningAttempt(tx: Tx, orderId: string, at: Date) {
  const [running] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        eq(payments.orderId, orderId),
        gt(payments.expiresAt, at),
        or(
          eq(payments.state, 'pending'),
          and(eq(payments.state, 'creating'), gt(payments.createdAt, new Date(at.getTime() - JOIN_CREATING_MS))),
        ),
      ),
    )
    .orderBy(desc(payments.attempt))
    .limit(1)
  return running
}

/**
 * A suspended or closed studio asks for no money; money for a QR that was shown before still pays its order. Nothing is
 * sold twice to one session. An order whose time ran out is opened again only with all its photos.
 */
async function refuseUnsellable(tx: Tx, order: LockedOrder, at: Date, reopened: boolean): Promise<void> {
  const [studio] = await tx.select({ status: studios.status }).from(studios).where(eq(studios.id, order.studioId))
  requireOpenStudio(studio!)
  const bought = await boughtBefore(tx, order, at)
  const gone = reopened && (await sellablePhotos(tx, order.photoIds, at)).size < order.photoIds.length
  if (bought || gone || (await anyTakenDown(tx, order.photoIds))) throw new Problem('photo_not_for_sale')
}

async function askGateway(ctx: Context, paymentId: string, { gateway, amount, ref1 }: Ask): Promise<void> {
  try {
    const charge = await gateway.create({ amount, ref1, at: ctx.now() })
    if (Math.abs(charge.amount - amount) > ROUNDING_LIMIT)
      throw new GatewayUnavailable('the answered amount is more than 1.00 THB away')
    await recordCharge(ctx, paymentId, charge)
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    ctx.log.warn({ err: error, paymentId, gateway: gateway.name }, 'the gateway made no charge')
    // A webhook that comes for it all the same adopts the attempt by its ref1.
    await ctx.db
      .update(payments)
      .set({ state: 'failed' })
      .where(and(eq(payments.id, paymentId), eq(payments.state, 'creating')))
    throw new Problem('gateway_unavailable', { retryAfterSeconds: 5 })
  }
  await ctx.live.publish(`payment:${paymentId}`)
}

/** The webhook may have been faster and adopted the attempt: then only the picture is missing. */
async function recordCharge(ctx: Context, paymentId: string, charge: Charge): Promise<void> {
  const { transId, amount, qrImage } = charge
  await ctx.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    if (payment?.state !== 'creating') {
      const same = and(eq(payments.id, paymentId), eq(payments.transId, transId))
      await tx.update(payments).set({ qrImage }).where(same)
      return
    }
    const at = ctx.now()
    // A gateway whose clock is behind names a time that is over.
    const expiresAt = charge.expiresAt > at ? charge.expiresAt : payment.expiresAt
    const nextCheckAt = new Date(at.getTime() + 3_000)
    await tx
      .update(payments)
      .set({ state: 'pending', transId, amountDue: amount, qrImage, expiresAt, nextCheckAt })
      .where(eq(payments.id, paymentId))
    const awaiting = and(eq(orders.id, payment.orderId), eq(orders.status, 'awaiting_payment'))
    await tx.update(orders).set({ expiresAt }).where(awaiting)
  })
}
