import type { Cart, CartEvent, Carts } from '@pix/contracts/cart.ts'
import { cleanEmail } from '@pix/contracts/email.ts'
import type { Quote } from '@pix/contracts/pricing.ts'
import type { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import type { Tx } from '@pix/db/client.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { slices } from '@pix/db/slices.ts'
import { discounts } from '@pix/domain/net-prices.ts'
import { priceLines, type PricedPhoto } from '@pix/domain/price-lines.ts'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { BuyerContext, Context } from '../../base/context.ts'
import { nextNumber } from '../../base/next-number.ts'
import { gatewayFor } from '../../base/payment-gateway.ts'
import { Problem } from '../../base/problem.ts'
import { requireVerifiedEmail } from '../../people/accounts/index.ts'
import { lockOwnCarts, readCarts, returnToCart, takeFromCart } from '../cart/index.ts'
import { eventRuleInForce, sharesInForce } from '../split/index.ts'
import { type CouponRow, isFor } from '../pricing/index.ts'
import { cancelReplaced, type Replaced } from './cancel-order.ts'
import { claimCoupon, type CouponBuyer } from './coupons/claim-coupon.ts'
import { fulfilOrder } from './fulfil-order.ts'
import { lockOrder } from './lock-order.ts'
import { markPaid } from './mark-paid.ts'
import { keepTaxData } from './tax-data.ts'

/** How long an order waits for its QR, and a QR for its money (spec/30). */
export const PAYMENT_WINDOW_MS = 15 * 60_000

export interface NewOrder {
  /** Which cart, where several hold something. */
  cartId?: string | undefined
  email: string
  locale: 'th' | 'en'
  /** Whom its documents are made out to. */
  taxData?: BuyerTaxData | undefined
  /** What the buyer saw: only compared, never charged. */
  expectedTotal: { amount: number }
}

/**
 * Orders what can be bought of one cart of the buyer. What cannot be bought stays in it, and other photos of a replaced
 * order come back into it. The order freezes its photos, what each of them costs, the offer of each event, and who gets
 * what of each photo. An order of 0 baht is paid at once.
 *
 * @param orderId the same when a try is repeated whose answer was lost: nothing is placed then
 * @returns the unpaid orders that it replaces: the caller publishes the change of their payments
 */
export async function placeOrder(ctx: BuyerContext, input: NewOrder, orderId: string): Promise<string[]> {
  const { db, buyer } = ctx
  await requireVerifiedEmail(ctx)
  let replaced: Replaced = { ids: [], left: [] }
  const isFree = await db.transaction(async tx => {
    await lockOwnCarts(ctx, tx)
    const [placed] = await tx.select({ total: orders.total }).from(orders).where(eq(orders.id, orderId))
    if (placed) return placed.total === 0
    const cart = cartToOrder(await readCarts({ ...ctx, db: tx }), input.cartId)
    const of = { orderId, studioId: cart.studio.id }
    const ofCart = { ...buyer, studioId: cart.studio.id }
    const sold = soldEvents(cart)
    const priced = priceLines(sold)
    const total = cart.total.amount
    refuseTotal(ctx, total, input.expectedTotal.amount)

    const photoIds = priced.lines.map(line => line.photoId)
    replaced = await cancelReplaced(ctx, tx, photoIds)
    const email = cleanEmail(input.email) ?? input.email
    // The coupon is claimed after the replaced orders are cancelled, since it may be theirs.
    const coupon = await claimCartCoupon(tx, cart, { ...buyer, email })
    await insertOrder(ctx, tx, of, { ...input, email, total })
    if (input.taxData) await keepTaxData(ctx, tx, orderId, input.taxData)
    await insertEvents(ctx, tx, of, sold)
    await insertLines(ctx, tx, of, lessCoupon(priced.lines, coupon))
    if (coupon) await insertCoupon(ctx, tx, { orderId, position: photoIds.length }, coupon)
    await takeFromCart(tx, ofCart, photoIds)
    await returnToCart(ctx, tx, { ...ofCart, lines: replaced.left })
    if (total > 0) return false
    const order = await lockOrder(ctx, tx, orderId)
    if (order) await markPaid(ctx, tx, order)
    return true
  })
  if (isFree) await fulfilOrder(ctx, orderId)
  return replaced.ids
}

/** What each row of an order names. */
interface OfOrder {
  orderId: string
  studioId: string
}

interface Sold {
  eventId: string
  offer: Quote['chosen']
  /** Satang. */
  total: number
  photoIds: string[]
}

const isPriced = (part: CartEvent): part is CartEvent & { quote: Quote } => part.quote !== null

/** The cart that the request names. @throws Problem where it is empty, or where there are several and none is named */
function cartToOrder({ items }: Carts, cartId: string | undefined): Cart {
  if (cartId === undefined && items.length > 1) {
    const error = { path: 'body.cartId', message: 'is needed: there are several carts' }
    throw new Problem('invalid_request', { errors: [error] })
  }
  const cart = cartId === undefined ? items[0] : items.find(({ id }) => id === cartId)
  if (!cart) throw new Problem('cart_empty')
  return cart
}

/** What can be bought of a cart. @throws Problem where nothing can */
function soldEvents(cart: Cart): Sold[] {
  const sold = cart.events.filter(isPriced).map(({ event, items, quote }) => ({
    eventId: event.id,
    offer: quote.chosen,
    total: quote.chosen.total.amount,
    photoIds: items.filter(item => item.available).map(item => item.photo.id),
  }))
  if (sold.length === 0) throw new Problem('photo_not_for_sale')
  return sold
}

function refuseTotal({ gateways }: Pick<Context, 'gateways'>, total: number, expected: number): void {
  if (total !== expected) throw new Problem('total_changed')
  if (total !== 0 && !gatewayFor(gateways, total)) throw new Problem('amount_out_of_range')
}

interface ClaimedCoupon {
  coupon: CouponRow
  /** Satang. */
  off: number
}

/** @throws Problem `coupon_used_up` */
async function claimCartCoupon(tx: Tx, cart: Cart, buyer: CouponBuyer): Promise<ClaimedCoupon | null> {
  const off = cart.coupon?.off.amount ?? 0
  if (off === 0) return null
  const [row] = await tx.select({ couponId: carts.couponId }).from(carts).where(eq(carts.id, cart.id))
  return { coupon: await claimCoupon(tx, row!.couponId!, buyer), off }
}

/** The photos with what the coupon takes off each: what the split shares, and a refund gives back, is the rest. */
function lessCoupon(
  lines: readonly PricedPhoto[],
  claimed: ClaimedCoupon | null,
): (PricedPhoto & { discount: number })[] {
  const eligible = claimed ? lines.filter(({ eventId }) => isFor(claimed.coupon, eventId)) : []
  const taken = discounts(claimed?.off ?? 0, eligible)
  return lines.map(line => ({ ...line, discount: taken.get(line.photoId) ?? 0 }))
}

async function insertOrder(
  { now, buyer, storefront }: BuyerContext,
  tx: Tx,
  { orderId, studioId }: OfOrder,
  { email, locale, total }: { email: string; locale: 'th' | 'en'; total: number },
): Promise<void> {
  await tx.insert(orders).values({
    id: orderId,
    number: await nextNumber(tx, { prefix: 'PX', sequence: 'order_numbers' }, now()),
    studioId,
    sessionId: buyer.sessionId,
    userId: buyer.userId,
    email,
    locale,
    storefront: storefront.studio?.slug ?? null,
    status: 'pending',
    total,
    createdAt: now(),
    expiresAt: new Date(now().getTime() + PAYMENT_WINDOW_MS),
  })
}

async function insertCoupon(
  { newId }: Pick<Context, 'newId'>,
  tx: Tx,
  of: { orderId: string; position: number },
  { coupon, off }: ClaimedCoupon,
): Promise<void> {
  const line = { kind: 'coupon' as const, couponId: coupon.id, eventId: coupon.eventId, unitPrice: -off }
  await tx.insert(orderLines).values({ id: newId(), ...of, ...line })
}

async function insertEvents({ now }: Pick<Context, 'now'>, tx: Tx, of: OfOrder, sold: readonly Sold[]): Promise<void> {
  for (const [position, { eventId, offer }] of sold.entries()) {
    const splitRuleId = await eventRuleInForce(tx, eventId, now())
    await tx.insert(orderEvents).values({ ...of, eventId, position, offer, splitRuleId })
  }
}

/**
 * Who took each of the photos, none of which is deleted or taken down before the transaction ends.
 *
 * @throws Problem `photo_not_for_sale` where that happened since the cart was read
 */
async function photographersOf(tx: Tx, photoIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: photos.id, photographerId: photos.photographerId })
    .from(photos)
    .where(and(inArray(photos.id, [...photoIds]), isNull(photos.takenDownAt)))
    .orderBy(asc(photos.id))
    .for('share')
  if (rows.length < photoIds.length) throw new Problem('photo_not_for_sale')
  return new Map(rows.map(row => [row.id, row.photographerId]))
}

async function insertLines(
  { newId, now }: Pick<Context, 'newId' | 'now'>,
  tx: Tx,
  { orderId, studioId }: OfOrder,
  lines: readonly (PricedPhoto & { discount: number })[],
): Promise<void> {
  const photographers = await photographersOf(
    tx,
    lines.map(line => line.photoId),
  )
  const sold = lines.map(line => ({ ...line, photographerId: photographers.get(line.photoId)! }))
  const rows = sold.map((line, position) => ({ id: newId(), orderId, kind: 'photo' as const, ...line, position }))
  for (const some of slices(rows)) await tx.insert(orderLines).values(some)
  const parties = new Map(sold.map(line => [`${line.eventId} ${line.photographerId}`, line]))
  const shares = await sharesInForce(tx, studioId, [...parties.values()], now())
  await tx.insert(orderShares).values(shares.map(of => ({ orderId, ...of })))
}
