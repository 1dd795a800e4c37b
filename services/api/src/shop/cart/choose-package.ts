import type { Cart } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, carts } from '@pix/db/schema/cart.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { packagesOfEvent } from '../pricing/index.ts'
import { lockCart } from './change-cart.ts'
import { readCart } from './queries.ts'

interface Choice {
  eventId: string
  /** `auto`, or a package's id. */
  choice: string
}

/**
 * For an event's photos in the cart takes the cheapest combination (`auto`) or insists on a package, which must fit
 * them. Other events' photos stay as they are.
 */
export async function choosePackage(ctx: BuyerContext, { eventId, choice }: Choice): Promise<Cart> {
  return ctx.db.transaction(async tx => {
    const { id } = await lockCart(tx, ctx, ctx.buyer)
    const before = partOf(await readCart({ ...ctx, db: tx }), eventId)
    if (!before?.quote) throw new Problem('cart_empty')
    const offered = await packagesOfEvent(tx, eventId)
    if (choice !== 'auto' && !offered.some(one => one.id === choice)) throw new Problem('package_not_valid')

    await keepChoice(tx, id, { eventId, choice })
    await tx.update(carts).set({ updatedAt: ctx.now() }).where(eq(carts.id, id))
    const cart = await readCart({ ...ctx, db: tx })
    if (partOf(cart, eventId)?.choice !== choice) throw new Problem('package_not_valid')
    return cart
  })
}

const partOf = (cart: Cart, eventId: string) => cart.events.find(({ event }) => event.id === eventId)

async function keepChoice(tx: Tx, cartId: string, { eventId, choice }: Choice): Promise<void> {
  if (choice === 'auto') {
    await tx.delete(cartChoices).where(and(eq(cartChoices.cartId, cartId), eq(cartChoices.eventId, eventId)))
    return
  }
  await tx
    .insert(cartChoices)
    .values({ cartId, eventId, choice })
    .onConflictDoUpdate({ target: [cartChoices.cartId, cartChoices.eventId], set: { choice } })
}
