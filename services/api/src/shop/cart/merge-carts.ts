import { CART_MOST, type Carts } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { ownedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { type CartRow, lockCarts, makeCarts } from './lock-carts.ts'
import { readCarts } from './queries.ts'

/** The buyer's carts. After a sign-in the first look brings in what the visitor had gathered before. */
export async function showCarts(ctx: BuyerContext): Promise<Carts> {
  const { db, buyer } = ctx
  if (buyer.userId !== null && (await db.$count(carts, ownedBy(buyer, carts))) > 0)
    await db.transaction(tx => lockOwnCarts(ctx, tx))
  const waiting = await waitingPhotos(ctx)
  return { ...(await readCarts(ctx)), ...(waiting > 0 && { waiting }) }
}

/**
 * All carts of the buyer, locked until the transaction ends. Those that their session had before a sign-in are merged
 * into the account's. The account's are locked first: when two requests look at once, the second finds nothing left to
 * merge.
 */
export async function lockOwnCarts(ctx: BuyerContext, tx: Tx): Promise<CartRow[]> {
  const { buyer } = ctx
  if (buyer.userId === null) return lockCarts(tx, buyer)
  const gatheredCarts = tx.select().from(carts).where(ownedBy(buyer, carts)).orderBy(asc(carts.studioId))
  const studioIds = (await gatheredCarts).map(({ studioId }) => studioId)
  if (studioIds.length === 0) return lockCarts(tx, buyer)
  await makeCarts(ctx, tx, buyer, studioIds)
  const own = await lockCarts(tx, buyer)
  for (const gathered of await gatheredCarts.for('update')) {
    const into = own.find(({ studioId }) => studioId === gathered.studioId)
    if (into) await mergeCart(ctx, tx, gathered, into)
  }
  return own
}

/**
 * A photo that is in both carts stays once. Photos for which there is no room, the last ones that were put in, stay
 * where they were and come in at a later look. Where both carts have a choice for an event, the one counts whose cart
 * was changed last.
 */
async function mergeCart({ now }: BuyerContext, tx: Tx, from: CartRow, into: CartRow): Promise<void> {
  const held = tx.select({ photoId: cartItems.photoId }).from(cartItems).where(eq(cartItems.cartId, into.id))
  const isLeft = eq(cartItems.cartId, from.id)
  await tx.delete(cartItems).where(and(isLeft, inArray(cartItems.photoId, held)))
  const room = CART_MOST - (await tx.$count(cartItems, eq(cartItems.cartId, into.id)))
  const first = tx
    .select({ id: cartItems.id })
    .from(cartItems)
    .where(isLeft)
    .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
    .limit(Math.max(0, room))
  const moved = await tx.update(cartItems).set({ cartId: into.id }).where(inArray(cartItems.id, first)).returning()
  const waiting = await tx.$count(cartItems, isLeft)
  if (waiting > 0 && moved.length === 0) return
  await mergeChoices(tx, now(), from, into)
  if (waiting === 0) await tx.delete(carts).where(eq(carts.id, from.id))
}

async function mergeChoices(tx: Tx, at: Date, from: CartRow, into: CartRow): Promise<void> {
  const chosen = await tx.select().from(cartChoices).where(eq(cartChoices.cartId, from.id))
  const isNewer = from.updatedAt > into.updatedAt
  const target = [cartChoices.cartId, cartChoices.eventId]
  for (const row of chosen) {
    const moved = tx.insert(cartChoices).values({ ...row, cartId: into.id })
    await (isNewer
      ? moved.onConflictDoUpdate({ target, set: { choice: row.choice } })
      : moved.onConflictDoNothing({ target }))
  }
  const couponId = isNewer ? (from.couponId ?? into.couponId) : (into.couponId ?? from.couponId)
  await tx.update(carts).set({ updatedAt: at, couponId }).where(eq(carts.id, into.id))
}

/** Photos that were gathered before the sign-in and wait for room. */
async function waitingPhotos({ db, buyer }: BuyerContext): Promise<number> {
  if (buyer.userId === null) return 0
  const gathered = db.select({ id: carts.id }).from(carts).where(ownedBy(buyer, carts))
  return db.$count(cartItems, inArray(cartItems.cartId, gathered))
}
