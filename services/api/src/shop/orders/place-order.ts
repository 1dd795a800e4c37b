import { cleanEmail } from '@pix/contracts/email.ts'
import type { Order } from '@pix/contracts/orders.ts'
import type { Quote } from '@pix/contracts/pricing.ts'
import type { Tx } from '@pix/db/client.ts'
import { orderItems, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { spreadOverPhotos } from '@pix/domain/split.ts'
import { and, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { emptyCart, lockCart, readCart } from '../cart/index.ts'
import type { Deps } from '../../base/deps.ts'
import { Problem } from '../../base/problem.ts'
import { cancelReplaced } from './cancel-order.ts'
import { fulfilOrder } from './fulfil-order.ts'
import { lockOrder } from './lock-order.ts'
import { markPaid } from './mark-paid.ts'
import { findOrder } from './queries.ts'
import { tellPayments } from './tell-payments.ts'

/** How long an order waits for its QR, and a QR for its money (spec/30). */
export const PAYMENT_WINDOW_MS = 15 * 60_000

/** Satang. Below one baht nothing can be paid; above 700,000 THB not by QR. */
const LEAST = 100
const MOST = 70_000_000

export interface NewOrder {
  email: string
  locale: 'th' | 'en'
  /** What the buyer saw: only compared, never charged. */
  expectedTotal: { amount: number }
}

/**
 * Orders what can be bought of the session's cart, and empties it. Frozen with the order: its photos, what each of them
 * costs, the offer, and the split rule in force. An order of 0 baht is paid at once.
 *
 * @param orderId the same when a try is repeated whose answer was lost: the order it placed is then answered
 */
export async function placeOrder(
  deps: Deps,
  sessionId: string,
  input: NewOrder,
  orderId = deps.newId(),
): Promise<Order> {
  const { db, now } = deps
  let replaced: string[] = []
  const free = await db.transaction(async tx => {
    const cart = await lockCart(tx, deps, sessionId)
    const [placed] = await tx.select({ total: orders.total }).from(orders).where(eq(orders.id, orderId))
    if (placed) return placed.total === 0
    const { event, items, quote } = await readCart(tx, sessionId, now())
    if (!event || items.length === 0) throw new Problem('cart_empty')
    if (!quote) throw new Problem('photo_not_for_sale')
    refuseTotal(quote, input.expectedTotal.amount)

    const photoIds = items.filter(item => item.available).map(item => item.photo.id)
    replaced = await cancelReplaced(tx, deps, sessionId, photoIds)
    await tx.insert(orders).values({
      id: orderId,
      number: await nextNumber(tx, now()),
      sessionId,
      eventId: event.id,
      email: cleanEmail(input.email) ?? input.email,
      locale: input.locale,
      status: 'pending',
      total: quote.chosen.total.amount,
      offer: quote.chosen,
      splitRuleId: await ruleInForce(tx, event.id, now()),
      createdAt: now(),
      expiresAt: new Date(now().getTime() + PAYMENT_WINDOW_MS),
    })
    await insertItems(tx, deps, orderId, quote.chosen.total.amount, photoIds)
    await emptyCart(tx, cart.id)
    if (quote.chosen.total.amount > 0) return false
    const order = await lockOrder(tx, deps, orderId)
    if (order) await markPaid(tx, deps, order)
    return true
  })
  await tellPayments(deps, replaced)
  if (free) await fulfilOrder(deps, orderId)
  return findOrder(deps, sessionId, orderId)
}

function refuseTotal({ chosen: { total } }: Quote, expected: number): void {
  if (total.amount !== expected) throw new Problem('total_changed')
  if (total.amount !== 0 && (total.amount < LEAST || total.amount > MOST)) throw new Problem('amount_out_of_range')
}

/** `PX-2026-000123`; the year is Thailand's. Numbers may have gaps: a refused order takes one along. */
async function nextNumber(tx: Tx, at: Date): Promise<string> {
  const year = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok', year: 'numeric' }).format(at)
  const result = await tx.execute<{ number: number }>(sql`select nextval('order_numbers')::bigint as number`)
  return `PX-${year}-${String(result.rows[0]?.number).padStart(6, '0')}`
}

/** The latest rule of the narrowest scope that has begun (spec/50). */
async function ruleInForce(tx: Tx, eventId: string, at: Date): Promise<string> {
  const [rule] = await tx
    .select({ id: splitRules.id })
    .from(splitRules)
    .where(and(lte(splitRules.startsAt, at), or(eq(splitRules.eventId, eventId), isNull(splitRules.eventId))))
    .orderBy(sql`${splitRules.eventId} is null`, desc(splitRules.startsAt), desc(splitRules.version))
    .limit(1)
  if (!rule) throw new Error('no split rule is in force')
  return rule.id
}

async function insertItems(
  tx: Tx,
  { newId }: Pick<Deps, 'newId'>,
  orderId: string,
  total: number,
  photoIds: readonly string[],
): Promise<void> {
  const prices = spreadOverPhotos(total, photoIds)
  const owners = await tx
    .select({ id: photos.id, photographerId: photos.photographerId })
    .from(photos)
    .where(inArray(photos.id, [...photoIds]))
  const photographers = new Map(owners.map(row => [row.id, row.photographerId]))
  await tx.insert(orderItems).values(
    photoIds.map((photoId, position) => ({
      id: newId(),
      orderId,
      photoId,
      photographerId: photographers.get(photoId)!,
      unitPrice: prices.get(photoId)!,
      position,
    })),
  )
}
