import { CART_MOST, type Carts } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, cartItems } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, notExists } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { countAtEvents } from '../../base/count-at-events.ts'
import { Problem, notFound } from '../../base/problem.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale } from '../../catalogue/events/index.ts'
import { seenPhoto } from '../../catalogue/photos/index.ts'
import { type CartRow, lockCartsOf } from './lock-carts.ts'
import { lockOwnCarts } from './merge-carts.ts'
import { type CartPhoto, putIn } from './put-in.ts'
import { readCarts } from './queries.ts'

/** Puts photos into the carts of their studios. Those already in one stay once; those already bought are left out. @throws Problem `cart_full` */
export async function addToCart(ctx: BuyerContext, photoIds: readonly string[]): Promise<Carts> {
  const wanted = [...new Set(photoIds)]
  const begun = new Set<string>()
  const carts = await ctx.db.transaction(async tx => {
    const offered = await sellableNow(ctx, tx, wanted)
    await lockOwnCarts(ctx, tx)
    const carts = await lockCartsOf(ctx, tx, ctx.buyer, [...new Set(offered.map(photo => photo.studioId))])
    const bought = await boughtPhotos(tx, ctx.buyer, ctx.now(), wanted)
    const fresh = offered.filter(({ photoId }) => !bought.has(photoId))
    if (fresh.length === 0) throw new Problem('photo_not_for_sale', { detail: 'this session has bought them' })
    for (const cart of carts) {
      const own = fresh.filter(({ studioId }) => studioId === cart.studioId)
      if (own.length === 0) continue
      for (const eventId of await eventsNotIn(tx, cart, own)) begun.add(eventId)
      await putIn(ctx, tx, cart, own)
    }
    await refuseOverfull(tx, carts)
    return readCarts({ ...ctx, db: tx })
  })
  await countAtEvents(ctx, 'carts', [...begun])
  return carts
}

/** The events of these photos of which the cart holds nothing yet. */
async function eventsNotIn(tx: Tx, cart: Pick<CartRow, 'id'>, photosToAdd: readonly CartPhoto[]): Promise<string[]> {
  const eventIds = [...new Set(photosToAdd.map(({ eventId }) => eventId))]
  const held = await tx
    .selectDistinct({ eventId: cartItems.eventId })
    .from(cartItems)
    .where(and(eq(cartItems.cartId, cart.id), inArray(cartItems.eventId, eventIds)))
  return eventIds.filter(id => !held.some(({ eventId }) => eventId === id))
}

/**
 * A cart may hold more after carts were merged or orders given up: then nothing more can be added. @throws Problem
 * `cart_full`
 */
async function refuseOverfull(tx: Tx, carts: readonly CartRow[]): Promise<void> {
  for (const { id } of carts)
    if ((await tx.$count(cartItems, eq(cartItems.cartId, id))) > CART_MOST) throw new Problem('cart_full')
}

/** The photos with their events and studios, in the order asked for. All must exist for visitors, and their events sell now. */
async function sellableNow(
  ctx: BuyerContext,
  tx: Tx,
  photoIds: readonly string[],
): Promise<(CartPhoto & { studioId: string })[]> {
  const found = await tx
    .select({ photoId: photos.id, event: events })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, [...photoIds]), seenPhoto(ctx)))
  if (found.length !== photoIds.length) throw notFound()
  if (found.some(({ event }) => !isOnSale(event, ctx.now()))) throw new Problem('photo_not_for_sale')
  const byId = new Map(found.map(({ photoId, event }) => [photoId, event]))
  return photoIds.map(photoId => {
    const { id, studioId } = byId.get(photoId)!
    return { photoId, eventId: id, studioId }
  })
}

export async function removeFromCart(ctx: BuyerContext, itemId: string): Promise<Carts> {
  return ctx.db.transaction(async tx => {
    const carts = await lockOwnCarts(ctx, tx)
    const [removed] = await tx
      .delete(cartItems)
      .where(and(eq(cartItems.id, itemId), inArray(cartItems.cartId, idsOf(carts))))
      .returning({ cartId: cartItems.cartId })
    if (!removed) throw notFound()
    await dropLeftChoices(tx, removed.cartId)
    return readCarts({ ...ctx, db: tx })
  })
}

/** Empties the carts that are shown here: every one, or at a studio's storefront its own. */
export async function clearCarts(ctx: BuyerContext): Promise<Carts> {
  const { studio } = ctx.storefront
  return ctx.db.transaction(async tx => {
    const carts = await lockOwnCarts(ctx, tx)
    const ids = idsOf(studio ? carts.filter(({ studioId }) => studioId === studio.id) : carts)
    await tx.delete(cartItems).where(inArray(cartItems.cartId, ids))
    await tx.delete(cartChoices).where(inArray(cartChoices.cartId, ids))
    return readCarts({ ...ctx, db: tx })
  })
}

const idsOf = (carts: readonly CartRow[]): string[] => carts.map(({ id }) => id)

/** A choice of package goes with the last photo of its event: photos that are added later begin with the cheapest. */
export async function dropLeftChoices(tx: Tx, cartId: string): Promise<void> {
  const held = tx
    .select({ id: cartItems.id })
    .from(cartItems)
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(and(eq(cartItems.cartId, cartId), eq(photos.eventId, cartChoices.eventId)))
  await tx.delete(cartChoices).where(and(eq(cartChoices.cartId, cartId), notExists(held)))
}
