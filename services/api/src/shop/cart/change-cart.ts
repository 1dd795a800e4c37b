import type { Cart } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, notExists } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'
import type { BuyerContext, Context } from '../../base/context.ts'
import { Problem, notFound } from '../../base/problem.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { isOnSale } from '../../catalogue/events/index.ts'
import { seenPhoto } from '../../catalogue/photos/index.ts'
import { readCart } from './queries.ts'

/** A buyer's cart, made when there is none, locked until the transaction ends: changes come one after another. */
export async function lockCart(tx: Tx, { newId }: Pick<Context, 'newId'>, owner: Owner) {
  await tx.insert(carts).values({ id: newId(), sessionId: owner.sessionId }).onConflictDoNothing()
  const [cart] = await tx.select().from(carts).where(ownedBy(owner, carts)).for('update')
  if (!cart) throw new Error('a buyer lost their cart')
  return cart
}

/** Puts photos into the cart. Those already in it stay once; those already bought are left out. */
export async function addToCart(ctx: BuyerContext, photoIds: readonly string[]): Promise<Cart> {
  const wanted = [...new Set(photoIds)]
  return ctx.db.transaction(async tx => {
    const cart = await lockCart(tx, ctx, ctx.buyer)
    await refuseUnsold(tx, wanted, ctx.now())
    const bought = await boughtPhotos(tx, ctx.buyer, wanted)
    const fresh = wanted.filter(photoId => !bought.has(photoId))
    if (fresh.length === 0) throw new Problem('photo_not_for_sale', { detail: 'this session has bought them' })

    await tx.update(carts).set({ updatedAt: ctx.now() }).where(eq(carts.id, cart.id))
    const rows = fresh.map(photoId => ({ id: ctx.newId(), cartId: cart.id, photoId, createdAt: ctx.now() }))
    await tx.insert(cartItems).values(rows).onConflictDoNothing()
    return readCart({ ...ctx, db: tx })
  })
}

/** All the photos must exist for visitors, and their events must sell now. */
async function refuseUnsold(tx: Tx, photoIds: readonly string[], at: Date): Promise<void> {
  const found = await tx
    .select({ status: events.status, salesStart: events.salesStart, salesEnd: events.salesEnd })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, [...photoIds]), seenPhoto()))
  if (found.length !== photoIds.length) throw notFound()
  if (found.some(event => !isOnSale(event, at))) throw new Problem('photo_not_for_sale')
}

export async function removeFromCart(ctx: BuyerContext, itemId: string): Promise<Cart> {
  return ctx.db.transaction(async tx => {
    const cart = await lockCart(tx, ctx, ctx.buyer)
    const removed = await tx
      .delete(cartItems)
      .where(and(eq(cartItems.id, itemId), eq(cartItems.cartId, cart.id)))
      .returning({ id: cartItems.id })
    if (removed.length === 0) throw notFound()
    await dropLeftChoices(tx, cart.id)
    return readCart({ ...ctx, db: tx })
  })
}

export async function clearCart(ctx: BuyerContext): Promise<Cart> {
  return ctx.db.transaction(async tx => {
    const cart = await lockCart(tx, ctx, ctx.buyer)
    await tx.delete(cartItems).where(eq(cartItems.cartId, cart.id))
    await tx.delete(cartChoices).where(eq(cartChoices.cartId, cart.id))
    return readCart({ ...ctx, db: tx })
  })
}

/** A choice of package goes with the last photo of its event: photos that are added later begin with the cheapest. */
export async function dropLeftChoices(tx: Tx, cartId: string): Promise<void> {
  const held = tx
    .select({ id: cartItems.id })
    .from(cartItems)
    .innerJoin(photos, eq(photos.id, cartItems.photoId))
    .where(and(eq(cartItems.cartId, cartId), eq(photos.eventId, cartChoices.eventId)))
  await tx.delete(cartChoices).where(and(eq(cartChoices.cartId, cartId), notExists(held)))
}
