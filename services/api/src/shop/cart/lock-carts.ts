import type { Tx } from '@pix/db/client.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { and, asc, inArray } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'

export type CartRow = typeof carts.$inferSelect

/** A buyer's cart of a studio, made when there is none, locked until the transaction ends: changes come one after another. */
export async function lockCart(tx: Tx, ctx: Pick<Context, 'newId'>, owner: Owner, studioId: string): Promise<CartRow> {
  const [cart] = await lockCartsOf(tx, ctx, owner, [studioId])
  if (!cart) throw new Error('a buyer lost their cart')
  return cart
}

/** A buyer's carts of these studios, as `lockCart` does it for one. */
export async function lockCartsOf(
  tx: Tx,
  { newId }: Pick<Context, 'newId'>,
  owner: Owner,
  studioIds: readonly string[],
): Promise<CartRow[]> {
  if (studioIds.length === 0) return []
  const rows = studioIds.toSorted().map(studioId => ({ id: newId(), sessionId: owner.sessionId, studioId }))
  await tx.insert(carts).values(rows).onConflictDoNothing()
  return tx
    .select()
    .from(carts)
    .where(and(ownedBy(owner, carts), inArray(carts.studioId, [...studioIds])))
    .orderBy(asc(carts.studioId))
    .for('update')
}

/** All carts that a buyer has. Everybody locks several by their studio, so that nobody waits in a circle. */
export const lockCarts = (tx: Tx, owner: Owner): Promise<CartRow[]> =>
  tx.select().from(carts).where(ownedBy(owner, carts)).orderBy(asc(carts.studioId)).for('update')
