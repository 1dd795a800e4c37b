import type { Cart, Carts } from '@pix/contracts/cart.ts'
import type { Tx } from '@pix/db/client.ts'
import { cartChoices, carts } from '@pix/db/schema/cart.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { packagesOfEvent } from '../pricing/index.ts'
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
    await lockOwnCarts(tx, ctx)
    const before = partOf(await readCarts({ ...ctx, db: tx }), eventId)
    if (!before?.part.quote) throw new Problem('cart_empty')
    const offered = await packagesOfEvent(tx, eventId)
    if (choice !== 'auto' && !offered.some(one => one.id === choice)) throw new Problem('package_not_valid')

    await keepChoice(tx, before.cart, { eventId, choice })
    await tx.update(carts).set({ updatedAt: ctx.now() }).where(eq(carts.id, before.cart.id))
    const after = await readCarts({ ...ctx, db: tx })
    if (partOf(after, eventId)?.part.choice !== choice) throw new Problem('package_not_valid')
    return after
  })
}

const partOf = ({ items }: Carts, eventId: string) =>
  items.flatMap(cart => cart.events.map(part => ({ cart, part }))).find(({ part }) => part.event.id === eventId)

async function keepChoice(tx: Tx, cart: Cart, { eventId, choice }: Choice): Promise<void> {
  if (choice === 'auto') {
    await tx.delete(cartChoices).where(and(eq(cartChoices.cartId, cart.id), eq(cartChoices.eventId, eventId)))
    return
  }
  await tx
    .insert(cartChoices)
    .values({ cartId: cart.id, studioId: cart.studio.id, eventId, choice })
    .onConflictDoUpdate({ target: [cartChoices.cartId, cartChoices.eventId], set: { choice } })
}
