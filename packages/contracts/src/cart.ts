import { z } from 'zod'
import { EventLink, Id, IdParams, Money } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PhotoTile } from './photos.ts'
import { Quote } from './pricing.ts'
import { StudioLink } from './studios.ts'
import { Vat } from './tax-data.ts'

export const CartItem = z
  .object({
    id: Id,
    photo: PhotoTile,
    /** False when the photo was withdrawn or bought meanwhile, or its event is not on sale: shown, not charged. */
    available: z.boolean(),
  })
  .meta({ id: 'CartItem' })

const PackageChoice = z.union([z.literal('auto'), Id])

/** A cart's photos of one event. */
export const CartEvent = z
  .object({
    event: EventLink,
    items: z.array(CartItem),
    /** `auto` takes the cheapest; else the id of an explicitly chosen package. */
    choice: PackageChoice,
    /** Null while none of these photos can be bought, or no package of the event pays for them. */
    quote: Quote.nullable(),
  })
  .meta({ id: 'CartEvent' })
export type CartEvent = z.infer<typeof CartEvent>

/** A code that the buyer entered for a cart. */
export const CartCoupon = z
  .object({
    code: z.string(),
    /** What the coupon takes off; 0 where there is a problem. */
    off: Money,
    /** Why the coupon takes nothing off: its time is over or it was switched off, or it is for another event. */
    problem: z.enum(['over', 'not_here']).nullable(),
  })
  .meta({ id: 'CartCoupon' })
export type CartCoupon = z.infer<typeof CartCoupon>

/** What is bought of one studio at once: photos of one or more of its events. */
export const Cart = z
  .object({
    id: Id,
    studio: StudioLink,
    /** Whether its seller is registered for VAT: a buyer may then want a tax invoice. */
    vat: Vat,
    /** In the order in which their first photos were put in. */
    events: z.array(CartEvent),
    coupon: CartCoupon.nullable(),
    /** What the events' chosen offers cost together, less what the coupon takes off. */
    total: Money,
  })
  .meta({ id: 'Cart' })
export type Cart = z.infer<typeof Cart>

/** A buyer's carts that hold something: one for each studio, each ordered by itself. A storefront shows its studio's. */
export const Carts = z
  .object({
    /** In the order in which their first photos were put in. */
    items: z.array(Cart),
    /**
     * Photos that were gathered before a sign-in and for which these carts have no room. They come in once there is
     * room. Missing where there are none.
     */
    waiting: z.int().optional(),
  })
  .meta({ id: 'Carts' })
export type Carts = z.infer<typeof Carts>

/** The most photos of a cart: its price is worked out while its buyer waits. */
export const CART_MOST = 500

export const getCart = {
  method: 'GET',
  url: '/cart',
  config: { access: 'session' },
  schema: {
    summary: "This session's carts with their prices, one for each studio; at the storefront of a studio its own",
    tags: ['cart'],
    response: { 200: Carts },
  },
} as const satisfies Contract

/** How much the carts hold and cost, without their photos. */
export const CartSummary = z
  .object({
    /** Photos that can be bought now. */
    photos: z.int(),
    total: Money,
    /** Each is ordered by itself. */
    carts: z.array(z.object({ id: Id, studio: StudioLink, photos: z.int(), total: Money })),
  })
  .meta({ id: 'CartSummary' })
export type CartSummary = z.infer<typeof CartSummary>

export const cartSummary = {
  method: 'GET',
  url: '/cart/summary',
  config: { access: 'session' },
  schema: {
    summary: "How much this session's carts hold and cost, without their photos; otherwise as `GET /cart`",
    tags: ['cart'],
    response: { 200: CartSummary },
  },
} as const satisfies Contract

export const addToCart = {
  method: 'POST',
  url: '/cart/items',
  config: { access: 'session' },
  schema: {
    summary: 'Put photos into the carts of their studios; those already in one stay once',
    tags: ['cart'],
    body: z.strictObject({ photoIds: z.array(Id).min(1).max(CART_MOST) }),
    response: { 200: Carts, 404: problem('not_found'), 409: problem('photo_not_for_sale', 'cart_full') },
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
    response: { 200: Carts, 404: problem('not_found') },
  },
} as const satisfies Contract

export const choosePackage = {
  method: 'PUT',
  url: '/cart/package',
  config: { access: 'session' },
  schema: {
    summary: 'Take the cheapest combination (`auto`) for the photos of an event or insist on one package',
    tags: ['cart'],
    body: z.strictObject({ eventId: Id, choice: PackageChoice }),
    response: { 200: Carts, 409: problem('package_not_valid', 'cart_empty') },
  },
} as const satisfies Contract
