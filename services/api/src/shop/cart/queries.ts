import type { Cart, CartEvent, Carts } from '@pix/contracts/cart.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Package } from '@pix/contracts/pricing.ts'
import type { Queryable } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { cartOf } from '../../base/caller.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale, seenByAddress } from '../../catalogue/events/index.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { applyCoupon, type CouponRow, packagesOfEvents, quoteForEvent, unlimitedRules } from '../pricing/index.ts'
import { type Found, foundPhotos } from './found-photos.ts'

/**
 * A buyer's carts with their prices, event by event; at a studio's storefront its own alone. Photos that were withdrawn, or that were bought meanwhile, are shown
 * as unavailable and not charged.
 */
export async function readCarts(ctx: Joining<BuyerContext>): Promise<Carts> {
  const { db, buyer, now } = ctx
  const rows = await readItems(ctx)
  if (rows.length === 0) return { items: [] }
  const photoIds = rows.map(row => row.id)
  const eventIds = [...new Set(rows.map(row => row.eventId))]
  const cartIds = [...new Set(rows.map(row => row.cartId))]
  const facts = {
    held: await heldEvents(ctx, cartIds),
    bought: await boughtPhotos(db, buyer, now(), photoIds),
    found: await foundPhotos(db, buyer, eventIds, photoIds),
    packages: await packagesOfEvents(ctx, eventIds),
    coupons: await couponsOf(db, cartIds),
  }
  const items: Cart[] = []
  for (const cartId of cartIds) {
    const own = rows.filter(row => row.cartId === cartId)
    items.push(toCart(ctx, own, facts))
  }
  return { items }
}

const readItems = ({ db, buyer, storefront: { studio } }: Joining<BuyerContext>) =>
  db
    .select({ itemId: cartItems.id, cartId: cartItems.cartId, approval: photos.approval, ...tileColumns })
    .from(carts)
    .innerJoin(cartItems, eq(cartItems.cartId, carts.id))
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(and(cartOf(buyer, carts), studio ? eq(carts.studioId, studio.id) : undefined))
    .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
type ItemRow = Awaited<ReturnType<typeof readItems>>[number]

interface Facts {
  /** By event. */
  held: Awaited<ReturnType<typeof heldEvents>>
  bought: ReadonlySet<string>
  found: Found
  /** By event. */
  packages: ReadonlyMap<string, readonly Package[]>
  /** By cart. */
  coupons: ReadonlyMap<string, CouponRow>
}

/** @param rows of one cart, one at least */
function toCart(ctx: Joining<BuyerContext>, rows: readonly ItemRow[], facts: Facts): Cart {
  const { held, bought } = facts
  const parts: CartEvent[] = []
  for (const eventId of new Set(rows.map(row => row.eventId))) {
    const { event, isSeen, choice } = held.get(eventId)!
    const selling = isSeen && isOnSale(event, ctx.now())
    const items = rows
      .filter(row => row.eventId === eventId)
      .map(row => ({
        id: row.itemId,
        photo: toTile(row),
        available: selling && row.approval === 'approved' && !bought.has(row.id),
      }))
    const priced = priceItems(ctx, { eventId, items, choice: choice ?? 'auto' }, facts)
    parts.push({
      event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
      items,
      choice: priced?.fits && choice ? choice : 'auto',
      quote: priced?.quote ?? null,
    })
  }
  const { studio, vat } = held.get(rows[0]!.eventId)!
  const priced = parts.flatMap(({ event, quote }) =>
    quote ? [{ eventId: event.id, total: quote.chosen.total.amount }] : [],
  )
  const entered = facts.coupons.get(rows[0]!.cartId)
  const coupon = entered ? applyCoupon(entered, priced, ctx.now()) : null
  return {
    id: rows[0]!.cartId,
    studio: { id: studio.id, slug: studio.slug, name: { th: studio.nameTh, en: studio.nameEn } },
    vat: vat ?? 'none',
    events: parts,
    coupon,
    total: baht(priced.reduce((sum, { total }) => sum + total, 0) - (coupon?.off.amount ?? 0)),
  }
}

/** The events of carts' photos, their studio, and what the buyer insists on for each. */
async function heldEvents(ctx: Joining<BuyerContext>, cartIds: readonly string[]) {
  const rows = await ctx.db
    .selectDistinctOn([events.id], {
      event: events,
      isSeen: sql<boolean>`${seenByAddress(ctx)}`,
      studio: studios,
      vat: studioSellers.vat,
      choice: cartChoices.choice,
    })
    .from(cartItems)
    .innerJoin(events, eq(events.id, cartItems.eventId))
    .innerJoin(studios, eq(studios.id, events.studioId))
    .leftJoin(studioSellers, eq(studioSellers.studioId, studios.id))
    .leftJoin(cartChoices, and(eq(cartChoices.eventId, events.id), eq(cartChoices.cartId, cartItems.cartId)))
    .where(inArray(cartItems.cartId, [...cartIds]))
  return new Map(rows.map(row => [row.event.id, row]))
}

/** By cart: the coupon that was entered for it. */
async function couponsOf(db: Queryable, cartIds: readonly string[]): Promise<Map<string, CouponRow>> {
  const rows = await db
    .select({ cartId: carts.id, coupon: coupons })
    .from(carts)
    .innerJoin(coupons, eq(coupons.id, carts.couponId))
    .where(inArray(carts.id, [...cartIds]))
  return new Map(rows.map(({ cartId, coupon }) => [cartId, coupon]))
}

/** The price of an event's available photos, by the searches of this buyer that found them surely or likely. */
function priceItems(
  { settings }: Pick<BuyerContext, 'settings'>,
  { eventId, items, choice }: { eventId: string; items: CartEvent['items']; choice: string },
  { found, packages }: Facts,
): ReturnType<typeof quoteForEvent> {
  const available = items.filter(item => item.available).map(item => item.photo.id)
  return quoteForEvent({
    photos: available.map(photoId => ({ photoId, eventId, searchIds: found.byPhoto.get(photoId) ?? [] })),
    packages: packages.get(eventId)!,
    searches: found.searches.get(eventId) ?? [],
    choice,
    rules: unlimitedRules(settings),
  })
}
