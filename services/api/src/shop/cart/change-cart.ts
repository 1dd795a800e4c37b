import type { Tx } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { isOnSale } from '../../catalogue/events/index.ts'
import { seenPhoto } from '../../catalogue/photos/index.ts'
import { Problem, notFound } from '../../base/problem.ts'
import { readCart } from './queries.ts'
import { boughtPhotos } from './sellable.ts'

type CartDeps = Pick<Deps, 'db' | 'now' | 'newId'>

/** The session's cart, made when there is none, locked until the transaction ends: changes come one after another. */
export async function lockCart(tx: Tx, { newId }: Pick<Deps, 'newId'>, sessionId: string) {
  await tx.insert(carts).values({ id: newId(), sessionId }).onConflictDoNothing({ target: carts.sessionId })
  const [cart] = await tx.select().from(carts).where(eq(carts.sessionId, sessionId)).for('update')
  if (!cart) throw new Error('a session lost its cart')
  return cart
}

/** Puts photos of one event into the cart. Those already in it stay once; those already bought are left out. */
export async function addToCart(
  deps: CartDeps,
  sessionId: string,
  input: { photoIds: readonly string[]; replaceOtherEvent: boolean },
) {
  const wanted = [...new Set(input.photoIds)]
  return deps.db.transaction(async tx => {
    const cart = await lockCart(tx, deps, sessionId)
    const event = await eventSelling(tx, wanted, deps.now())
    const bought = await boughtPhotos(tx, sessionId, wanted)
    const fresh = wanted.filter(photoId => !bought.has(photoId))
    if (fresh.length === 0) throw new Problem('photo_not_for_sale', { detail: 'this session has bought them' })

    const inCart = await tx.$count(cartItems, eq(cartItems.cartId, cart.id))
    if (cart.eventId !== event.id && inCart > 0) {
      if (!input.replaceOtherEvent) throw new Problem('cart_has_other_event')
      await tx.delete(cartItems).where(eq(cartItems.cartId, cart.id))
    }
    const choice = cart.eventId === event.id ? cart.choice : 'auto'
    await tx.update(carts).set({ eventId: event.id, choice, updatedAt: deps.now() }).where(eq(carts.id, cart.id))
    await insertItems(tx, deps, cart.id, fresh)
    return readCart(tx, sessionId, deps.now())
  })
}

async function insertItems(tx: Tx, { now, newId }: Pick<Deps, 'now' | 'newId'>, cartId: string, photoIds: string[]) {
  const rows = photoIds.map(photoId => ({ id: newId(), cartId, photoId, createdAt: now() }))
  await tx.insert(cartItems).values(rows).onConflictDoNothing()
}

/** The one event of the photos, all of which exist for visitors; it must sell now. */
async function eventSelling(tx: Tx, photoIds: readonly string[], at: Date) {
  const found = await tx
    .select({ id: photos.id, event: events })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, [...photoIds]), seenPhoto()))
  const [first] = found
  if (!first || found.length !== photoIds.length) throw notFound()
  if (found.some(({ event }) => event.id !== first.event.id)) throw new Problem('cart_has_other_event')
  if (!isOnSale(first.event, at)) throw new Problem('photo_not_for_sale')
  return first.event
}

export async function removeFromCart(deps: CartDeps, sessionId: string, itemId: string) {
  return deps.db.transaction(async tx => {
    const cart = await lockCart(tx, deps, sessionId)
    const removed = await tx
      .delete(cartItems)
      .where(and(eq(cartItems.id, itemId), eq(cartItems.cartId, cart.id)))
      .returning({ id: cartItems.id })
    if (removed.length === 0) throw notFound()
    return readCart(tx, sessionId, deps.now())
  })
}

export async function clearCart(deps: CartDeps, sessionId: string) {
  return deps.db.transaction(async tx => {
    const cart = await lockCart(tx, deps, sessionId)
    await emptyCart(tx, cart.id)
    return readCart(tx, sessionId, deps.now())
  })
}

export async function emptyCart(tx: Tx, cartId: string): Promise<void> {
  await tx.delete(cartItems).where(eq(cartItems.cartId, cartId))
  await tx.update(carts).set({ choice: 'auto', eventId: null }).where(eq(carts.id, cartId))
}

/** Takes the cheapest combination (`auto`) or insists on a package, which must fit what is in the cart. */
export async function choosePackage(deps: CartDeps, sessionId: string, choice: string) {
  return deps.db.transaction(async tx => {
    const { id } = await lockCart(tx, deps, sessionId)
    await tx.update(carts).set({ choice, updatedAt: deps.now() }).where(eq(carts.id, id))
    const cart = await readCart(tx, sessionId, deps.now())
    if (!cart.quote) throw new Problem('cart_empty')
    if (cart.choice !== choice) throw new Problem('package_not_valid')
    return cart
  })
}
