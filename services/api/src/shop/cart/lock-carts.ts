import type { Tx } from '@pix/db/client.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { and, asc, inArray } from 'drizzle-orm'
import { type CartOwner, cartOf } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'

export type CartRow = typeof carts.$inferSelect

/** A buyer's cart of a studio, made when there is none, locked until the transaction ends: changes come one after another. */
export async function lockCart(
  ctx: Pick<Context, 'newId'>,
  tx: Tx,
  owner: CartOwner,
  studioId: string,
): Promise<CartRow> {
  const [cart] = await lockCartsOf(ctx, tx, owner, [studioId])
  if (!cart) throw new Error('a buyer lost their cart')
  return cart
}

/** A buyer's carts of these studios, as `lockCart` does it for one. */
export async function lockCartsOf(
  ctx: Pick<Context, 'newId'>,
  tx: Tx,
  owner: CartOwner,
  studioIds: readonly string[],
): Promise<CartRow[]> {
  if (studioIds.length === 0) return []
  await makeCarts(ctx, tx, owner, studioIds)
  return tx
    .select()
    .from(carts)
    .where(and(cartOf(owner, carts), inArray(carts.studioId, [...studioIds])))
    .orderBy(asc(carts.studioId))
    .for('update')
}

/** Makes those of an owner's carts that are not there yet. */
export async function makeCarts(
  { newId }: Pick<Context, 'newId'>,
  tx: Tx,
  owner: CartOwner,
  studioIds: readonly string[],
): Promise<void> {
  const { userId, sessionId } = owner
  const whose = userId === null ? { sessionId } : { userId }
  const rows = studioIds.toSorted().map(studioId => ({ id: newId(), ...whose, studioId }))
  await tx.insert(carts).values(rows).onConflictDoNothing()
}

/** All carts that a buyer has. Everybody locks several by their studio, so that nobody waits in a circle. */
export const lockCarts = (tx: Tx, owner: CartOwner): Promise<CartRow[]> =>
  tx.select().from(carts).where(cartOf(owner, carts)).orderBy(asc(carts.studioId)).for('update')
