import { baht } from '@pix/contracts/common.ts'
import type { Payment } from '@pix/contracts/payments.ts'
import type { Queryable } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { isOpen } from '@pix/domain/order-moves.ts'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import type { BuyerContext, Context } from '../../base/context.ts'
import { keptMoney } from './kept-money.ts'
import { hasTransferAccount } from './slips/transfer-account.ts'
import { notFound } from '../../base/problem.ts'
import { payeeNameOf } from '../../gateway-settings.ts'
import { ownOrders } from '../../shop/orders/index.ts'

/** One payment of this buyer; anybody else's does not exist. */
export async function findPayment(ctx: BuyerContext, paymentId: string): Promise<Payment> {
  const { payment, hasPicture } = await findState(ctx, paymentId)
  return { ...payment, qrImage: hasPicture ? await readPicture(ctx.db, paymentId) : null }
}

/** A payment without its picture, which is by far its largest part and never changes. */
async function findState(ctx: BuyerContext, paymentId: string): Promise<{ payment: Payment; hasPicture: boolean }> {
  const { db, now } = ctx
  const [found] = await db
    .select({
      orderId: payments.orderId,
      orderNumber: orders.number,
      orderStatus: orders.status,
      state: payments.state,
      gateway: payments.gateway,
      amountAsked: payments.amountAsked,
      amountDue: payments.amountDue,
      expiresAt: payments.expiresAt,
      hasPicture: sql<boolean>`${payments.qrImage} is not null`,
      takesTransfers: hasTransferAccount,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(payments.id, paymentId), ownOrders(ctx)))
  if (!found) throw notFound()
  const { amountAsked, amountDue, expiresAt, hasPicture, gateway, ...rest } = found
  const kept = await keptMoney(ctx, eq(payments.id, paymentId))
  const payment = {
    id: paymentId,
    ...rest,
    state: shownState(found, now()),
    amount: baht(amountDue ?? amountAsked),
    orderTotal: baht(amountAsked),
    payeeName: payeeNameOf(ctx.settings, gateway),
    expiresAt: expiresAt.toISOString(),
    keptMoney: kept.get(rest.orderId) ?? null,
  }
  return { payment, hasPicture: hasPicture && payment.state === 'pending' }
}

async function readPicture(db: Queryable, paymentId: string): Promise<string | null> {
  const [found] = await db.select({ picture: payments.qrImage }).from(payments).where(eq(payments.id, paymentId))
  return found?.picture ? dataUrl(found.picture) : null
}

/** A QR must not be paid any more once its order is over or its time is, whatever the gateway still allows. */
function shownState(
  { state, expiresAt, orderStatus }: { state: Payment['state']; expiresAt: Date; orderStatus: Payment['orderStatus'] },
  at: Date,
): Payment['state'] {
  if (state !== 'pending' && state !== 'creating') return state
  return isOpen(orderStatus) && expiresAt > at ? state : 'expired'
}

const JPEG = 0xff
const PNG = 0x89
function dataUrl(picture: Buffer): string {
  const form = picture[0] === JPEG ? 'jpeg' : picture[0] === PNG ? 'png' : 'svg+xml'
  return `data:image/${form};base64,${picture.toString('base64')}`
}

/** How soon the gateway is asked once somebody looks. */
const SOON_MS = 1_000

/**
 * Reads a payment again and again for somebody who looks at it; its picture is read once. The first read brings the
 * reconciler's next question to the gateway forward, so that the page changes within seconds also where no webhook
 * comes.
 */
export function followPayment(ctx: BuyerContext, paymentId: string): () => Promise<Payment> {
  let isFirst = true
  let picture: string | null = null
  return async () => {
    const { payment, hasPicture } = await findState(ctx, paymentId)
    if (hasPicture) picture ??= await readPicture(ctx.db, paymentId)
    if (isFirst) await askSoon(ctx, payment)
    isFirst = false
    return { ...payment, qrImage: hasPicture ? picture : null }
  }
}

async function askSoon({ db, now }: Context, { id, state }: Payment): Promise<void> {
  if (state !== 'pending' && state !== 'expired') return
  const soon = new Date(now().getTime() + SOON_MS)
  await db
    .update(payments)
    .set({ nextCheckAt: soon })
    .where(and(eq(payments.id, id), gt(payments.nextCheckAt, soon)))
}

/** The version stamp of each payment: another when the payment, its order, its picture or its receipts change. */
export async function stampPayments({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({
      id: payments.id,
      stamp: sql<string>`concat_ws(' ', ${payments.state}, ${payments.amountDue}, ${payments.expiresAt}, ${payments.qrImage} is null, ${orders}.xmin, (select count(*) filter (where ${receipts.givenBackAt} is null) || '/' || count(*) from ${receipts} where ${receipts.paymentId} = ${payments.id}))`,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(inArray(payments.id, [...ids]))
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}
