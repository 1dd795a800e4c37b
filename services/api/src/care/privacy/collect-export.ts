import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { gifts } from '@pix/db/schema/gifts.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { and, asc, eq, inArray, isNotNull, or } from 'drizzle-orm'
import { cartOf, searchedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { listMyObjections } from '../../catalogue/faces/index.ts'
import { printedOf } from '../../money/documents/index.ts'
import { ownOrders, taxDataOf } from '../../shop/orders/index.ts'
import { collectAccount } from './collect-account.ts'
import { collectPayouts } from './collect-payouts.ts'
import { collectRequests } from './collect-requests.ts'
import type { Export } from './export.ts'
import { readAddresses, visitsOf } from './my-addresses.ts'
import { listConsentLines } from './my-consents.ts'

/**
 * Everything that is kept about this buyer: what this browser did; what belongs to an address whose mail they read, and
 * to the visits that bought with it; and, where somebody is signed in, their account. It names nothing of other people
 * but what the person saw themselves, and holds no secret. `personal-columns.ts` says which columns are in which file.
 */
export async function collectExport(ctx: BuyerContext): Promise<Export> {
  const userId = ctx.buyer.userId
  const emails = await readAddresses(ctx)
  const visits = [...new Set([ctx.buyer.sessionId, ...(await visitsOf(ctx, emails))])]
  return {
    consents: await listConsentLines(ctx, { visits }),
    orders: await listOrders(ctx, emails),
    cart: await listCart(ctx, visits),
    favourites: await listFavourites(ctx, visits),
    searches: await listSearches(ctx, visits),
    objections: await listMyObjections(ctx, emails),
    ...(await collectRequests(ctx, emails, visits)),
    ...(userId === null ? {} : { ...(await collectAccount(ctx.db, userId)), ...(await collectPayouts(ctx, userId)) }),
  }
}

async function listOrders(ctx: BuyerContext, emails: readonly string[]): Promise<object[]> {
  const { db } = ctx
  const ofAddress = and(inArray(orders.buyerEmail, [...emails]), isNotNull(orders.paidAt))
  const own = await db
    .select()
    .from(orders)
    .where(or(ownOrders(ctx), ofAddress))
    .orderBy(asc(orders.createdAt))
  const found: object[] = []
  for (const { sessionId: _, linkHash: __, ...order } of own) {
    const lines = await db
      .select({
        kind: orderLines.kind,
        photoId: orderLines.photoId,
        eventId: orderLines.eventId,
        amountSatang: orderLines.unitPrice,
        discountSatang: orderLines.discount,
      })
      .from(orderLines)
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.position))
    const offers = await db
      .select({ eventId: orderEvents.eventId, offer: orderEvents.offer })
      .from(orderEvents)
      .where(eq(orderEvents.orderId, order.id))
    const downloads = await db
      .select({
        photoId: entitlements.photoId,
        until: entitlements.until,
        closedAt: entitlements.closedAt,
        closedWhy: entitlements.closedWhy,
      })
      .from(entitlements)
      .where(eq(entitlements.orderId, order.id))
    const more = {
      gifts: await listGiftsOf(ctx, order.id),
      refunds: await listRefundsOf(ctx, order.id),
      slips: await listSlipsOf(ctx, order.id),
      documents: await printedOf(ctx, order.id),
    }
    found.push({ ...order, lines, offers, downloads, taxData: await taxDataOf(ctx, db, order.id), ...more })
  }
  return found
}

/** The open links by which photos of an order are given, without their tokens. */
const listGiftsOf = ({ db }: BuyerContext, orderId: string): Promise<object[]> =>
  db
    .select({ giver: gifts.giverName, note: gifts.note, createdAt: gifts.createdAt, expiresAt: gifts.expiresAt })
    .from(gifts)
    .where(eq(gifts.orderId, orderId))
    .orderBy(asc(gifts.createdAt))

/** The slips of an order, without their pictures, which are deleted some time after the decision. */
const listSlipsOf = ({ db }: BuyerContext, orderId: string): Promise<object[]> =>
  db
    .select({
      uploadedAt: slips.uploadedAt,
      state: slips.state,
      bank: slips.bank,
      reference: slips.reference,
      amountSatang: slips.amount,
      decidedAt: slips.decidedAt,
      decisionReason: slips.decisionReason,
    })
    .from(slips)
    .where(eq(slips.orderId, orderId))
    .orderBy(asc(slips.uploadedAt))

/** The refunds of an order, without where the money goes: the buyer knows that. */
const listRefundsOf = ({ db }: BuyerContext, orderId: string): Promise<object[]> =>
  db
    .select({
      number: refunds.number,
      amountSatang: refunds.amount,
      state: refunds.state,
      reason: refunds.reason,
      statement: refunds.statement,
      requestedAt: refunds.requestedAt,
      decisionReason: refunds.decisionReason,
      transferredAt: refunds.transferredAt,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))

const listCart = ({ db, buyer }: BuyerContext, visits: readonly string[]): Promise<object[]> =>
  db
    .select({ photoId: cartItems.photoId, addedAt: cartItems.createdAt })
    .from(cartItems)
    .innerJoin(carts, eq(carts.id, cartItems.cartId))
    .where(or(cartOf(buyer, carts), inArray(carts.sessionId, [...visits])))

const listFavourites = ({ db, buyer }: BuyerContext, visits: readonly string[]): Promise<object[]> =>
  db
    .select({ photoId: favourites.photoId, eventId: favourites.eventId, keptAt: favourites.createdAt })
    .from(favourites)
    .where(or(cartOf(buyer, favourites), inArray(favourites.sessionId, [...visits])))

/** The searches, with what was found and what the person said of it: "not me" hides a photo. */
async function listSearches({ db, buyer }: BuyerContext, visits: readonly string[]): Promise<object[]> {
  const own = await db
    .select()
    .from(searches)
    .where(or(searchedBy(buyer, searches), inArray(searches.sessionId, [...visits])))
    .orderBy(asc(searches.createdAt))
  const found: object[] = []
  for (const { id, eventId, source, state, createdAt, selfieDeletedAt, consentId } of own) {
    const results = await db
      .select({
        photoId: searchMatches.photoId,
        band: searchMatches.band,
        confidence: searchMatches.confidence,
        notMe: searchMatches.hidden,
        picked: searchMatches.picked,
      })
      .from(searchMatches)
      .where(eq(searchMatches.searchId, id))
    found.push({ id, eventId, source, state, createdAt, selfieDeletedAt, consentId, results })
  }
  return found
}
