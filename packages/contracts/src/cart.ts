import { z } from 'zod'
import { Id, IdParams, LocalText } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PhotoTile } from './photos.ts'
import { Quote } from './pricing.ts'

export const CartItem = z
  .object({
    id: Id,
    photo: PhotoTile,
    /** False when the photo was withdrawn meanwhile: shown, not charged. */
    available: z.boolean(),
  })
  .meta({ id: 'CartItem' })

export const Cart = z
  .object({
    event: z.object({ id: Id, slug: z.string(), name: LocalText }).nullable(),
    items: z.array(CartItem),
    /** `auto` takes the cheapest; else the id of an explicitly chosen package. */
    choice: z.union([z.literal('auto'), Id]),
    /** Null while nothing in the cart can be bought. */
    quote: Quote.nullable(),
  })
  .meta({ id: 'Cart' })
export type Cart = z.infer<typeof Cart>

export const getCart = {
  method: 'GET',
  url: '/cart',
  config: { access: 'session' },
  schema: { summary: "This session's cart with its price", tags: ['cart'], response: { 200: Cart } },
} as const satisfies Contract

export const addToCart = {
  method: 'POST',
  url: '/cart/items',
  config: { access: 'session' },
  schema: {
    summary: 'Put photos of one event into the cart; those already in it stay once',
    tags: ['cart'],
    body: z.strictObject({ photoIds: z.array(Id).min(1).max(1000), replaceOtherEvent: z.boolean().default(false) }),
    response: { 200: Cart, 404: problem('not_found'), 409: problem('cart_has_other_event', 'photo_not_for_sale') },
  },
} as const satisfies Contract

export const removeFromCart = {
  method: 'DELETE',
  url: '/cart/items/:id',
  config: { access: 'session' },
  schema: {
    summary: 'Take one photo out',
    tags: ['cart'],
    params: IdParams,
    response: { 200: Cart, 404: problem('not_found') },
  },
} as const satisfies Contract

export const clearCart = {
  method: 'POST',
  url: '/cart/clear',
  config: { access: 'session' },
  schema: { summary: 'Empty the cart', tags: ['cart'], response: { 200: Cart } },
} as const satisfies Contract

export const choosePackage = {
  method: 'PUT',
  url: '/cart/package',
  config: { access: 'session' },
  schema: {
    summary: 'Take the cheapest combination (`auto`) or insist on one package',
    tags: ['cart'],
    body: z.strictObject({ choice: z.union([z.literal('auto'), Id]) }),
    response: { 200: Cart, 409: problem('package_not_valid', 'cart_empty') },
  },
} as const satisfies Contract
