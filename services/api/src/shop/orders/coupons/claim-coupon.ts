import type { Tx } from '@pix/db/client.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { ENDED_UNPAID } from '@pix/domain/order-moves.ts'
import { and, eq, notInArray, or, type SQL } from 'drizzle-orm'
import type { Buyer } from '../../../base/caller.ts'
import { Problem } from '../../../base/problem.ts'
import type { CouponRow } from '../../pricing/index.ts'
import type { LockedOrder } from '../lock-order.ts'

/**
 * The buyer of an order, by whom a coupon's uses are counted: the account, the browser, and the e-mail address (null
 * while none was given).
 */
export type CouponBuyer = Pick<Buyer, 'sessionId' | 'userId' | 'email'>

/** SQL on orders: those that use their coupon. One that expired or was cancelled gives its use back. */
export const usesIts = (): SQL => notInArray(orders.status, [...ENDED_UNPAID])

/**
 * Locks a coupon until the transaction ends, and asks whether it may be used once more. When several orders use it at
 * once, each is counted before the next one is. Everywhere the coupon is locked last, after cart and order.
 *
 * @throws Problem `coupon_used_up`
 */
export async function claimCoupon(tx: Tx, couponId: string, buyer: CouponBuyer): Promise<CouponRow> {
  const [coupon] = await tx.select().from(coupons).where(eq(coupons.id, couponId)).for('update')
  if (!coupon) throw new Problem('coupon_unknown')
  await refuseUsedUp(tx, coupon, buyer)
  return coupon
}

/** @throws Problem `coupon_used_up` */
export async function refuseUsedUp(tx: Tx, coupon: CouponRow, buyer: CouponBuyer): Promise<void> {
  const { id, maxUses, maxUsesPerBuyer } = coupon
  const theirs = or(
    eq(orders.sessionId, buyer.sessionId),
    buyer.userId === null ? undefined : eq(orders.userId, buyer.userId),
    buyer.email === null ? undefined : eq(orders.buyerEmail, buyer.email.toLowerCase()),
  )
  if (maxUses !== null && (await countUses(tx, id)) >= maxUses) throw new Problem('coupon_used_up')
  if (maxUsesPerBuyer !== null && (await countUses(tx, id, theirs)) >= maxUsesPerBuyer)
    throw new Problem('coupon_used_up')
}

const countUses = async (tx: Tx, couponId: string, whose?: SQL): Promise<number> => {
  const rows = await tx
    .selectDistinct({ id: orders.id })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orderLines.couponId, couponId), usesIts(), whose))
  return rows.length
}

/** An order that expired takes the use of its coupon again when it is opened again. @throws Problem `coupon_used_up` */
export async function claimAgain(tx: Tx, order: LockedOrder): Promise<void> {
  if (order.couponId !== null) await claimCoupon(tx, order.couponId, order)
}
