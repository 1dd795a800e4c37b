import type { Carts, CartSummary } from '@pix/contracts/cart.ts'
import { baht } from '@pix/contracts/common.ts'

/** How many photos of the carts can be bought now, and what they cost together. */
export function summarizeCarts({ items }: Pick<Carts, 'items'>): CartSummary {
  const carts = items.map(({ id, studio, events, total }) => ({
    id,
    studio,
    photos: events.flatMap(event => event.items).filter(({ available }) => available).length,
    total,
  }))
  return {
    photos: carts.reduce((sum, { photos }) => sum + photos, 0),
    total: baht(carts.reduce((sum, { total }) => sum + total.amount, 0)),
    carts,
  }
}
