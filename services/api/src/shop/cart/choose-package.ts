import type { Carts } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, cartItems, carts } from '@pix/db/schema/cart.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import type { CartRow } from './lock-carts.ts'
import { lockOwnCarts } from './merge-carts.ts'
import { readCarts } from './queries.ts'

interface Choice {
  eventId: string
  /** `auto`, or a package's id. */
  choice: string
}

/**
 * For an event's photos in the cart takes the cheapest combination (`auto`) or insists on a package, which must fit
 * them. Other events' photos stay as they are.
 */
export async function choosePackage(ctx: BuyerContext, { eventId, choice }: Choice): Promise<Carts> {
  return ctx.db.transaction(async tx => {
    const own = await lockOwnCarts(ctx, tx)
    const [held] = await tx
      .select({ cartId: cartItems.cartId })
      .from(cartItems)
      .where(
        and(
          eq(cartItems.eventId, eventId),
          inArray(
            cartItems.cartId,
            own.map(({ id }) => id),
          ),
        ),
      )
      .limit(1)
    const cart = own.find(({ id }) => id === held?.cartId)
    if (!cart) throw new Problem('cart_empty')
    if (choice !== 'auto' && !(await isPackage(tx, choice))) throw new Problem('package_not_valid')

    await keepChoice(tx, cart, { eventId, choice })
    await tx.update(carts).set({ updatedAt: ctx.now() }).where(eq(carts.id, cart.id))
    const after = await readCarts({ ...ctx, db: tx })
    const part = after.items.flatMap(({ events }) => events).find(({ event }) => event.id === eventId)
    if (!part?.quote) throw new Problem('cart_empty')
    // A package of another list, or one that does not fit the photos, leaves the choice at the cheapest.
    if (part.choice !== choice) throw new Problem('package_not_valid')
    return after
  })
}

const isPackage = async (tx: Tx, id: string): Promise<boolean> => (await tx.$count(packages, eq(packages.id, id))) > 0

async function keepChoice(tx: Tx, cart: CartRow, { eventId, choice }: Choice): Promise<void> {
  if (choice === 'auto') {
    await tx.delete(cartChoices).where(and(eq(cartChoices.cartId, cart.id), eq(cartChoices.eventId, eventId)))
    return
  }
  await tx
    .insert(cartChoices)
    .values({ cartId: cart.id, studioId: cart.studioId, eventId, choice })
    .onConflictDoUpdate({ target: [cartChoices.cartId, cartChoices.eventId], set: { choice } })
}
